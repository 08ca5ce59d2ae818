package org.equipoise.api.data;

import java.io.IOException;
import org.equipoise.api.Named;

/** A data set as its parameters: which one, which long-tailed profile, which subset. */
public interface DatasetSpec extends Named {

  /**
   * Reads the data set.
   *
   * @param context where files are kept
   * @return train and test split
   * @throws IOException if a file is missing, damaged or not the published one; the message names
   *     the file and what was expected
   */
  LabelledData load(DataContext context) throws IOException;
}
