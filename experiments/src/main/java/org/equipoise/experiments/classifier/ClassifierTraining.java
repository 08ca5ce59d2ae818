package org.equipoise.experiments.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.equipoise.api.metric.MetricSpec;
import org.equipoise.api.metric.Predictions;
import org.equipoise.api.model.HeadSpec;
import org.equipoise.api.stats.ClassCounts;
import org.equipoise.api.stats.TrainStatistics;
import org.equipoise.evaluation.classification.BalancedAccuracy;
import org.equipoise.experiments.checkpoint.TensorFile;
import org.equipoise.experiments.classifier.ModelDescription.Arm;
import org.equipoise.experiments.classifier.ModelDescription.Comparison;
import org.equipoise.experiments.classifier.ModelDescription.Figures;
import org.equipoise.experiments.classifier.ModelDescription.Prior;
import org.equipoise.experiments.classifier.ModelDescription.Training;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.data.folders.FolderScan;
import org.equipoise.experiments.data.folders.ListedImages;
import org.equipoise.experiments.data.images.ImageCheck;
import org.equipoise.experiments.data.inspection.FolderInspection;
import org.equipoise.experiments.engine.TorchEngine;
import org.equipoise.experiments.files.DurableFiles;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.record.ExperimentFolder;
import org.equipoise.experiments.record.RecordedExperiment;
import org.equipoise.experiments.record.RunRecord;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.training.LogitsFile;
import org.equipoise.experiments.training.StageTrainer;

/**
 * The training of a classifier, around the study that decides which method is kept: {@link #begin}
 * divides the images and says which study to run, {@link #finish} makes a model of its better arm.
 */
public final class ClassifierTraining {

  /** As many images are seen in all, in about so many epochs as that takes. */
  private static final int IMAGES_FROM_SCRATCH = 60_000;

  private static final int IMAGES_OF_HEAD = 100_000;
  private static final int SAMPLE = 200;
  private static final List<Double> MEAN = List.of(0.5, 0.5, 0.5);
  private static final List<Double> STD = List.of(0.25, 0.25, 0.25);

  private final ClassifierRequest request;
  private final ObjectMapper mapper;
  private final DividedImages images;
  private final ModelInput input;
  private final Optional<PretrainedBackbone> pretrained;
  private final ExperimentConfig study;

  private ClassifierTraining(
      ClassifierRequest request,
      ObjectMapper mapper,
      DividedImages images,
      ModelInput input,
      Optional<PretrainedBackbone> pretrained,
      ExperimentConfig study) {
    this.request = request;
    this.mapper = mapper;
    this.images = images;
    this.input = input;
    this.pretrained = pretrained;
    this.study = study;
  }

  /**
   * Divides the images and makes them ready: brings them to the size of the network, or computes
   * their features if the network is given. Starts the engine for the latter.
   *
   * @param request what is wanted
   * @param scan what lies in the folder
   * @param found what is wrong with it
   * @param registry the parts
   * @return the training, whose study is to be run
   * @throws IOException if nothing can be trained on the folder, or a file cannot be read
   */
  public static ClassifierTraining begin(
      ClassifierRequest request, FolderScan scan, FolderInspection found, Registry registry)
      throws IOException {
    ObjectMapper mapper = Json.mapper(registry);
    DividedImages images = DividedImages.of(scan, found, request.seed());
    Path work = request.workFolder();
    Optional<PretrainedBackbone> pretrained = Optional.empty();
    if (request.network() == BackboneChoice.MOBILENET_V2) {
      HeadSpec head =
          mapper.convertValue(Map.of(Json.TYPE, "linear", "bias", true), HeadSpec.class);
      pretrained = Optional.of(PretrainedBackbone.of(request.weights().orElseThrow(), head));
    }
    int size = request.size().isPresent() ? request.size().getAsInt() : size(request, images);
    ModelInput input =
        pretrained.map(given -> given.input(size)).orElse(new ModelInput(size, 1, MEAN, STD));
    SourceList sources = SourceList.of(images);
    Files.createDirectories(work);
    ComparisonStudy comparison;
    if (pretrained.isPresent()) {
      ObjectNode dataset = pretrained.get().dataset(sources, input, work);
      comparison =
          ComparisonStudy.ofFeatures(dataset, epochs(request, images, IMAGES_OF_HEAD), request);
    } else {
      ObjectNode dataset = FramedImages.dataset(sources, input, work);
      int epochs = epochs(request, images, IMAGES_FROM_SCRATCH);
      comparison = ComparisonStudy.ofImages(request.network(), dataset, size, epochs, request);
    }
    Path file = work.resolve(ComparisonStudy.FILE);
    DurableFiles.write(file, comparison.text());
    ExperimentConfig study = new ConfigReader(registry, mapper).read(file, List.of());
    return new ClassifierTraining(request, mapper, images, input, pretrained, study);
  }

  private static int epochs(ClassifierRequest request, DividedImages images, int inAll) {
    return request.epochs().orElse(Math.max(15, Math.min(60, inAll / images.train().size())));
  }

  /** Chooses a size by what the images have to show. */
  private static int size(ClassifierRequest request, DividedImages images) {
    List<String> names = images.train().names();
    int step = Math.max(1, names.size() / SAMPLE);
    List<Integer> sides = new ArrayList<>();
    for (int i = 0; i < names.size(); i += step) {
      sides.add(ImageCheck.shorterSide(images.root().resolve(names.get(i))));
    }
    sides.sort(Comparator.naturalOrder());
    int side = sides.get(sides.size() / 2);
    if (request.network() == BackboneChoice.MOBILENET_V2) {
      return side < 128 ? 96 : side < 224 ? 160 : 224;
    }
    return side <= 40 ? 32 : 64;
  }

  /**
   * Returns the study that decides.
   *
   * @return two arms, one seed
   */
  public ExperimentConfig study() {
    return study;
  }

  /**
   * Returns where the study is kept, and what it reads.
   *
   * @return the folder of the experiment and of its data sets
   */
  public ExperimentFolder folder() {
    return new ExperimentFolder(request.workFolder());
  }

  /**
   * Says what is going to be done.
   *
   * @return a few words on network, size, length and seed
   */
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s, %d pixels, %d epochs, seed %d",
        request.network(),
        input.size(),
        study.training().epochs(),
        request.seed());
  }

  /**
   * Says how the images were divided.
   *
   * @return the number of images of each part
   */
  public String division() {
    return String.format(
        Locale.ROOT,
        "%,d classes; %,d images to train on, %,d %s, %s",
        images.classes().size(),
        images.train().size(),
        images.heldOut().size(),
        images.ownVal() ? "in val to compare on" : "of train held out to compare on",
        images
            .test()
            .map(test -> String.format(Locale.ROOT, "%,d to test on", test.size()))
            .orElse("no test split"));
  }

  /**
   * Counts the classes of which too little was held out for the comparison to say much.
   *
   * @return how many classes have fewer held-out images than {@link FolderInspection#FEWEST}
   */
  public int roughlyCompared() {
    ClassCounts counts = ClassCounts.ofLabels(images.heldOut().labels(), images.classes().size());
    return (int)
        Arrays.stream(counts.toArray()).filter(held -> held < FolderInspection.FEWEST).count();
  }

  /**
   * Keeps the better arm: writes its model, evaluates that on the test split, and gives it its
   * name.
   *
   * @param force whether a model that is there may be replaced
   * @return what the model is
   * @throws IOException if a run has no record, or a file cannot be written
   */
  public ModelDescription finish(boolean force) throws IOException {
    List<RunRecord> records = records();
    Comparison comparison = compare(records);
    RunRecord kept = records.get(best(comparison.arms()));
    Path draft = request.workFolder().resolve("model.draft");
    DurableFiles.deleteTree(draft);
    Files.createDirectories(draft);
    ModelDescription description = describe(kept, comparison, writeWeights(kept, draft));
    ModelFolder.describe(draft, description, mapper);
    if (images.test().isPresent()) {
      try (EquipoiseModel model = EquipoiseModel.load(draft, mapper)) {
        description = description.withTest(evaluate(model, images.test().get()));
      }
      ModelFolder.describe(draft, description, mapper);
    }
    ModelFolder.publish(
        draft, request.out().toAbsolutePath().normalize(), force, request.workFolder());
    return description;
  }

  private List<RunRecord> records() throws IOException {
    RecordedExperiment recorded = RecordedExperiment.read(folder());
    if (!recorded.failures().isEmpty()) {
      throw new IOException(
          recorded.failures().get(0).arm() + ": " + recorded.failures().get(0).reason());
    }
    return recorded.records();
  }

  private Comparison compare(List<RunRecord> records) throws IOException {
    List<Arm> arms = new ArrayList<>();
    for (RunRecord record : records) {
      arms.add(new Arm(record.arm(), figures(LogitsFile.read(logits(record)))));
    }
    int best = best(arms);
    double next =
        arms.stream()
            .filter(arm -> !arm.equals(arms.get(best)))
            .mapToDouble(arm -> arm.figures().balancedAccuracy())
            .max()
            .orElse(arms.get(best).figures().balancedAccuracy());
    return new Comparison(
        images.ownVal() ? "val" : "a part of train",
        arms,
        arms.get(best).figures().balancedAccuracy() - next);
  }

  private Path logits(RunRecord record) {
    return folder()
        .runs()
        .resolve(record.arm() + "-s" + record.seed() + "-" + record.runId())
        .resolve("logits.safetensors");
  }

  /** Of equals the first, which is the simplest. */
  private static int best(List<Arm> arms) {
    int best = 0;
    for (int i = 1; i < arms.size(); i++) {
      double own = arms.get(i).figures().balancedAccuracy();
      best = own > arms.get(best).figures().balancedAccuracy() ? i : best;
    }
    return best;
  }

  private Figures figures(Predictions predictions) {
    int right = 0;
    for (int i = 0; i < predictions.size(); i++) {
      right += predictions.predicted(i) == predictions.labels()[i] ? 1 : 0;
    }
    return new Figures(
        predictions.size(),
        balancedAccuracy(new BalancedAccuracy(), predictions),
        (double) right / predictions.size());
  }

  private <S> double balancedAccuracy(MetricSpec<Predictions, S> metric, Predictions predictions) {
    S state = metric.identity(TrainStatistics.of(images.trainCounts()));
    return metric.compute(metric.update(state, predictions)).scalars().get(metric.typeName());
  }

  private Figures evaluate(EquipoiseModel model, ListedImages test) {
    List<Path> files = test.names().stream().map(images.root()::resolve).toList();
    return figures(new Predictions(model.logits(files), images.classes().size(), test.labels()));
  }

  private String writeWeights(RunRecord kept, Path draft) throws IOException {
    String stage = kept.stages().get(kept.stages().size() - 1).key();
    Path file = draft.resolve(ModelDescription.WEIGHTS);
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> trained =
          StageTrainer.readWeights(manager, folder().stages().resolve(stage));
      return pretrained.isPresent()
          ? pretrained.get().assemble(trained, input, images.classes().size(), file)
          : TensorFile.write(file, trained);
    }
  }

  private ModelDescription describe(RunRecord kept, Comparison comparison, String weightsSha256) {
    return new ModelDescription(
        ModelDescription.FORMAT,
        images.classes(),
        Arrays.stream(images.trainCounts().toArray()).boxed().toList(),
        pretrained.isPresent() ? pretrained.get().spec() : study.model().backbone(),
        study.model().head(),
        input,
        weightsSha256,
        kept.arm(),
        kept.arm().equals(ComparisonStudy.BALANCED_SOFTMAX) ? Prior.UNIFORM : Prior.TRAIN,
        comparison,
        Optional.empty(),
        new Training(
            study.training().epochs(), request.seed(), request.threads(), TorchEngine.version()),
        kept.manifest().data(),
        pretrained.map(PretrainedBackbone::label));
  }
}
