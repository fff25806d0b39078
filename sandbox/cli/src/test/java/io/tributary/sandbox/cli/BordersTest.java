package io.tributary.sandbox.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know what. */
@AnalyzeClasses(packages = "io.tributary.sandbox.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
    @ArchTest
    static final ArchRule THE_COMPARISON_IS_PURE = classes()
            .that()
            .resideInAPackage("..cli.audit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..", "java.util..", "..cli.audit..", "io.tributary.staging..", "org.jspecify..");

    @ArchTest
    static final ArchRule ONLY_CLIENTS_SEE_AN_SDK = noClasses()
            .that()
            .resideOutsideOfPackage("..cli.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "software.amazon..");

    @ArchTest
    static final ArchRule ONLY_THE_SUPERVISOR_STARTS_PROCESSES = noClasses()
            .that()
            .resideOutsideOfPackage("..cli.process..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ProcessBuilder.class);
}
