package org.equipoise.cli;

import org.equipoise.experiments.record.Environment;
import picocli.CommandLine.IVersionProvider;

/** Says which Equipoise this is, and on which Java. */
final class BuildVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    String build = System.getProperty(Environment.BUILD_PROPERTY);
    return new String[] {
      "equipoise "
          + (version == null ? "(not packaged)" : version)
          + (build == null ? "" : " (" + build + ")"),
      "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name")
    };
  }
}
