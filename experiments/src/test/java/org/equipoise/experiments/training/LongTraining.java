package org.equipoise.experiments.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.equipoise.api.method.StageSpec;
import org.equipoise.api.sampling.EpochSampler;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.api.sampling.SamplingContext;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.losses.BalancedSoftmax;
import org.equipoise.methods.transform.Mixup;
import org.equipoise.samplers.ClassBalanced;
import org.equipoise.samplers.Meta;

/** Trains many steps and prints what it holds on to: arrays after each, memory now and then. */
final class LongTraining {

  private LongTraining() {}

  /** Runs. */
  public static void main(String[] arguments) throws IOException {
    TorchEngine.start(1);
    long steps = Long.parseLong(arguments[1]);
    // Long epochs, for there is a checkpoint at the end of each.
    int epoch = Math.toIntExact(steps / 8);
    StageSpec stage =
        arguments[2].equals("meta")
            ? StageSpec.of("long", new BalancedSoftmax(), new LongEpochs(new Meta(), epoch))
            : StageSpec.of(
                    "long", new BalancedSoftmax(), new LongEpochs(new ClassBalanced(), epoch))
                .transforming(List.of(new Mixup()));
    Toy toy = new Toy().withStage(stage).withEpochs(8);
    new StageTrainer()
        .train(
            toy.task(),
            Path.of(arguments[0]),
            new TrainingListener() {
              @Override
              public void onStep(String stage, long step, long all) {
                System.out.println("ARRAYS " + TorchEngine.managedArrays());
                if (step == steps / 10 || step == steps) {
                  System.out.println("KILOBYTES " + residentKilobytes());
                }
              }

              @Override
              public void onEpoch(EpochSummary epoch) {}
            },
            () -> false);
  }

  private record LongEpochs(SamplerSpec sampler, int steps) implements SamplerSpec {

    @Override
    public boolean looksAhead() {
      return sampler.looksAhead();
    }

    @Override
    public EpochSampler bind(SamplingContext context) {
      return sampler.bind(
          new SamplingContext(
              context.index(),
              context.batchSize(),
              context.epochs(),
              OptionalInt.of(steps),
              context.random()));
    }
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
