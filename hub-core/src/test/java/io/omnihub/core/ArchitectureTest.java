package io.omnihub.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The order of the rooms. Each rule says what to do instead. */
@AnalyzeClasses(packages = "io.omnihub.core", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] MIDDLE = {
    "ingress", "conversation", "backend", "channel", "subscription"
  };

  @ArchTest
  static final ArchRule importsRunOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("ground")
          .definedBy(rooms("config", "store", "lane", "telemetry", "retention"))
          .layer("tables")
          .definedBy(rooms("journal", "outbox", "media", "identity", "plugin", "timeline"))
          .layer("middle")
          .definedBy(rooms(MIDDLE))
          .layer("door")
          .definedBy(rooms("http"))
          .layer("root")
          .definedBy("io.omnihub.core")
          .whereLayer("tables")
          .mayOnlyBeAccessedByLayers("middle", "door", "root")
          .whereLayer("middle")
          .mayOnlyBeAccessedByLayers("door", "root")
          .whereLayer("door")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("root")
          .mayNotBeAccessedByAnyLayer()
          .because(
              "imports run one way: ground < tables < middle < door < root; move the class to the room whose word it speaks,"
                  + " or let the upper room hand an interface down");

  @ArchTest
  static final ArchRule thoseInTheMiddleNeverImportEachOther =
      slices()
          .matching("io.omnihub.core.(ingress|conversation|backend|channel|subscription)..")
          .should()
          .notDependOnEachOther()
          .because(
              "they meet only in the journal and the outbox; declare a small interface and let Hub join them");

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching("io.omnihub.core.(*)..")
          .should()
          .beFreeOfCycles()
          .because(
              "two rooms that need each other are one room, or a third one is missing beneath them");

  @ArchTest
  static final ArchRule reactiveTypesStayAtTheDoor =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.omnihub.core.http..", "io.omnihub.core")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..")
          .because("everything behind the door is plain blocking code on virtual threads");

  @ArchTest
  static final ArchRule onlyPluginKnowsCamel =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.omnihub.core.plugin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..")
          .because("the core speaks to routes through HubPorts; routes belong to the plugins");

  @ArchTest
  static final ArchRule sqlStaysWithItsTables =
      noClasses()
          .that()
          .resideInAnyPackage(
              rooms("ingress", "conversation", "backend", "channel", "http", "lane", "config"))
          .and()
          .haveSimpleNameNotContaining("Keys")
          .should()
          .accessClassesThat()
          .resideInAPackage("java.sql..")
          .andShould()
          .accessClassesThat()
          .haveNameMatching("java\\.sql\\.(Connection|PreparedStatement|ResultSet)")
          .because("a table is read and written by the room that owns it, through a Transaction");

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Manager")
          .orShould()
          .haveSimpleNameStartingWith("Isolating")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .because("a name says what a thing is, in the field's words");

  private static String[] rooms(String... names) {
    return java.util.Arrays.stream(names)
        .map(name -> "io.omnihub.core." + name + "..")
        .toArray(String[]::new);
  }
}
