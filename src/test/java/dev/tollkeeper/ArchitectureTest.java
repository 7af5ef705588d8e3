package dev.tollkeeper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** Holds the layering that CONTRIBUTING.md describes. */
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.tollkeeper");
    private static final String[] FRAMEWORKS = {"io.quarkus..", "jakarta..", "io.smallrye..", "io.vertx..", "org.hibernate..",
            "com.fasterxml.."};

    @Test
    void valuesWithNoFrameworkStayPure() {
        noClasses().that().resideInAnyPackage("dev.tollkeeper.money..", "dev.tollkeeper.time..")
                .or().implement(dev.tollkeeper.billing.pricing.Tariff.class)
                .or().haveSimpleName("KeySecret").or().haveSimpleName("KeyKind").or().haveSimpleName("IpRules")
                .or().haveSimpleName("ClientAddress").or().haveSimpleName("TrustedProxies").or().haveSimpleName("KeyChecks")
                .should().dependOnClassesThat().resideInAnyPackage(FRAMEWORKS)
                .because("they are tested and read without a framework").check(MAIN);
    }

    @Test
    void featuresHaveNoCycles() {
        slices().matching("dev.tollkeeper.(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void noBinaryFloatingPointIsNearMoney() {
        String[] exact = {"dev.tollkeeper.billing..", "dev.tollkeeper.money.."};
        fields().that().areDeclaredInClassesThat().resideInAnyPackage(exact).should().notHaveRawType(double.class)
                .andShould().notHaveRawType(float.class).andShould().notHaveRawType(Double.class)
                .andShould().notHaveRawType(Float.class).check(MAIN);
        methods().that().areDeclaredInClassesThat().resideInAnyPackage(exact).should().notHaveRawReturnType(double.class)
                .andShould().notHaveRawReturnType(float.class).andShould().notHaveRawReturnType(Double.class).check(MAIN);
        noClasses().that().resideInAnyPackage(exact).should().callMethod(java.math.BigDecimal.class, "doubleValue")
                .orShould().callConstructor(java.math.BigDecimal.class, double.class)
                .orShould().callMethod(java.math.BigDecimal.class, "valueOf", double.class).check(MAIN);
    }

    @Test
    void servicesKnowNoHttp() {
        noClasses().that().haveSimpleNameEndingWith("Service").or().haveSimpleNameEndingWith("Repository")
                .should().dependOnClassesThat().resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..").check(MAIN);
    }

    @Test
    void resourcesLeaveQueriesToRepositories() {
        noClasses().that().haveSimpleNameEndingWith("Resource").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.sqlclient..", "org.hibernate..", "io.quarkus.hibernate..").check(MAIN);
    }
}
