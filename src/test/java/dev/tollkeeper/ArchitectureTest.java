package dev.tollkeeper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.jboss.resteasy.reactive.server.Cancellable;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

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

    /**
     * A client that goes away does not stop what it has asked for half way: a session that is cancelled goes on with its
     * statements while it is closed. {@code DisconnectingClientsIT} shows what came of that.
     */
    @Test
    void noClientCancelsWhatRuns() {
        classes().that().areAnnotatedWith(jakarta.ws.rs.Path.class).should(new ArchCondition<JavaClass>("not be cancellable") {
            @Override
            public void check(JavaClass resource, ConditionEvents events) {
                boolean kept = resource.tryGetAnnotationOfType(Cancellable.class).map(asked -> !asked.value()).orElse(false);
                events.add(new SimpleConditionEvent(resource, kept, resource.getName() + " needs @Cancellable(false)"));
            }
        }).check(MAIN);
    }
}
