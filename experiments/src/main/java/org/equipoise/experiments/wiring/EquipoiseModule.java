package org.equipoise.experiments.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.equipoise.api.Named;
import org.equipoise.experiments.config.ConfigReader;
import org.equipoise.experiments.json.Json;
import org.equipoise.experiments.plan.Planner;
import org.equipoise.experiments.registry.PartKind;
import org.equipoise.experiments.registry.RegisteredPart;
import org.equipoise.experiments.registry.Registry;
import org.equipoise.experiments.stage.StageKeys;
import org.equipoise.experiments.stage.TrainingCode;

/**
 * Binds what all runs share: the parts, JSON, the config reader and the planner.
 *
 * <p>Each kind of part has a {@link MapBinder} from type name to prototype, which the parts found
 * as services fill. A program that embeds Equipoise may add parts of its own to it and needs no
 * service file for them; it then has to run them in its own process, for a forked one finds
 * services only.
 */
public final class EquipoiseModule extends AbstractModule {

  private final Registry services;
  private final TrainingCode training;

  /**
   * Binds parts.
   *
   * @param services the parts that were found as services
   * @param training what trains the stages
   */
  public EquipoiseModule(Registry services, TrainingCode training) {
    this.services = services;
    this.training = training;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    binder().requireExactBindingAnnotations();
    for (PartKind kind : PartKind.values()) {
      bindParts(kind, kind.spi());
    }
    bind(TrainingCode.class).toInstance(training);
    bind(StageKeys.class).in(Singleton.class);
    bind(ConfigReader.class).in(Singleton.class);
    bind(Planner.class).in(Singleton.class);
  }

  private <T extends Named> void bindParts(PartKind kind, Class<T> spi) {
    MapBinder<String, T> binder = MapBinder.newMapBinder(binder(), String.class, spi);
    for (RegisteredPart part : services.parts(kind)) {
      binder.addBinding(part.typeName()).toInstance(spi.cast(part.prototype()));
    }
  }

  @Provides
  @Singleton
  Registry registry(Injector injector) {
    List<RegisteredPart> parts = new ArrayList<>();
    for (PartKind kind : PartKind.values()) {
      Key<?> key = Key.get(Types.mapOf(String.class, kind.spi()));
      Map<?, ?> bound = (Map<?, ?>) injector.getInstance(key);
      bound.forEach((name, part) -> parts.add(part(kind, (String) name, (Named) part)));
    }
    return Registry.of(parts);
  }

  private static RegisteredPart part(PartKind kind, String name, Named prototype) {
    if (!name.equals(prototype.typeName())) {
      throw new IllegalArgumentException(
          kind.noun() + " \"" + prototype.typeName() + "\" is bound as \"" + name + "\"");
    }
    return RegisteredPart.of(kind, prototype);
  }

  @Provides
  @Singleton
  ObjectMapper mapper(Registry registry) {
    return Json.mapper(registry);
  }
}
