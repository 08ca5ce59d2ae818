package org.equipoise.experiments.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.AbstractModule;
import com.google.inject.ConfigurationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Types;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.equipoise.api.sampling.SamplerSpec;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.config.ExperimentConfig;
import org.equipoise.experiments.parts.AcmeSampler;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.stage.TrainingCode;
import org.equipoise.experiments.training.optimizer.Sgd;
import org.equipoise.methods.SingleStage;
import org.equipoise.samplers.ClassBalanced;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EquipoiseModuleTest {

  private final Registry services = Registry.load(EquipoiseModuleTest.class.getClassLoader());
  private final EquipoiseModule module =
      new EquipoiseModule(services, new TrainingCode(Sgd.class, "engine 1"));

  @Test
  void should_share_one_of_each_between_all_runs() {
    Injector injector = Guice.createInjector(module);

    for (Class<?> type :
        List.of(Registry.class, ObjectMapper.class, ConfigReader.class, Planner.class)) {
      assertThat(injector.getInstance(type)).isSameAs(injector.getInstance(type));
    }
  }

  @Test
  void should_hold_the_parts_that_were_found_as_services_by_name() {
    Injector injector = Guice.createInjector(module);

    Map<?, ?> samplers =
        (Map<?, ?>) injector.getInstance(Key.get(Types.mapOf(String.class, SamplerSpec.class)));

    assertThat(samplers.get("class-balanced")).isEqualTo(new ClassBalanced());
    for (PartKind kind : PartKind.values()) {
      assertThat(injector.getInstance(Registry.class).parts(kind)).isEqualTo(services.parts(kind));
    }
  }

  @Test
  void should_know_a_part_that_an_embedding_program_adds(@TempDir Path folder) throws Exception {
    Injector injector = Guice.createInjector(module, adding("acme/foo"));
    Path file =
        Files.writeString(
            folder.resolve("study.yaml"),
            """
            dataset: {type: fashion-mnist-lt-mini}
            model: {backbone: {type: mlp}}
            training: {epochs: 1, batchSize: 8}
            seeds: [1]
            arms: [{id: a, method: {sampler: {type: acme/foo}}}]
            """);

    ExperimentConfig config = injector.getInstance(ConfigReader.class).read(file, List.of());

    assertThat(((SingleStage) config.arms().get(0).method()).sampler())
        .isEqualTo(new AcmeSampler());
  }

  @Test
  void should_refuse_a_part_that_is_bound_under_another_name_than_its_own() {
    Injector injector = Guice.createInjector(module, adding("acme/bar"));

    assertThatThrownBy(() -> injector.getInstance(Registry.class))
        .isInstanceOf(ProvisionException.class)
        .hasMessageContaining("sampler \"acme/foo\" is bound as \"acme/bar\"");
  }

  @Test
  void should_refuse_to_make_what_nobody_bound() {
    Injector injector = Guice.createInjector(module);

    assertThatThrownBy(() -> injector.getInstance(RegisteredPart.class))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> injector.getInstance(Unbound.class))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Explicit bindings are required");
  }

  private static Module adding(String name) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        MapBinder.newMapBinder(binder(), String.class, SamplerSpec.class)
            .addBinding(name)
            .toInstance(new AcmeSampler());
      }
    };
  }

  /** A class that Guice could make if it were allowed to. */
  static final class Unbound {
    @jakarta.inject.Inject
    Unbound() {}
  }
}
