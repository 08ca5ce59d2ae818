package org.equipoise.api.method;

import java.util.List;
import org.equipoise.api.Named;
import org.equipoise.api.stats.TrainStatistics;

/**
 * A method of the field as a list of stages.
 *
 * <p>A method says what each stage trains and with which parts; it owns no training loop.
 */
public interface MethodSpec extends Named {

  /**
   * Returns the stages, in the order in which they run; the model of the last one is evaluated.
   *
   * @param train the statistics of what is trained on
   * @return at least one stage; names are unique
   */
  List<StageSpec> stages(TrainStatistics train);
}
