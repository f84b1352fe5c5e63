package dev.lexigram.tenancy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import dev.lexigram.tenancy.architecture.planted.cache.CacheThatKnowsIsolation;
import dev.lexigram.tenancy.architecture.planted.core.CoreThatKnowsSpring;
import dev.lexigram.tenancy.architecture.planted.enforcement.EnforcementThatWritesStatus;
import dev.lexigram.tenancy.architecture.planted.hibernate.HibernateThatKnowsServlet;
import dev.lexigram.tenancy.architecture.planted.isolation.IsolationThatKnowsStores;
import dev.lexigram.tenancy.architecture.planted.lifecycle.LifecycleThatKnowsTheRoot;
import dev.lexigram.tenancy.architecture.planted.one.First;
import dev.lexigram.tenancy.architecture.planted.overrides.OverridesThatKnowLifecycle;
import dev.lexigram.tenancy.architecture.planted.postgres.PostgresThatKnowsServlet;
import dev.lexigram.tenancy.architecture.planted.resolution.ResolverThatReadsTheContext;
import dev.lexigram.tenancy.architecture.planted.stores.StoreThatKnowsContext;
import dev.lexigram.tenancy.architecture.planted.tenant.TenantThatLogs;
import dev.lexigram.tenancy.architecture.planted.two.Second;
import java.util.List;
import java.util.stream.Stream;

/** What may import what: section 4 of the design. */
final class StructureRules {

    private static final String[] CAPABILITIES = {
        "tenant", "context", "cache", "resolution", "stores", "enforcement", "isolation", "overrides", "lifecycle"
    };

    static final List<Rule> ALL = List.of(
            new Rule(
                    noClasses()
                            .that()
                            .resideInAPackage("..tenancy..tenant")
                            .should()
                            .dependOnClassesThat(not(resideInAnyPackage(
                                    "java..", "org.jspecify..", "..tenancy..tenant", "dev.lexigram.tenancy.tenant")))
                            .because("everything stands on the tenant, so it stands on nothing"),
                    TenantThatLogs.class),
            new Rule(onlyImports("resolution", "tenant"), ResolverThatReadsTheContext.class),
            new Rule(onlyImports("stores", "tenant"), StoreThatKnowsContext.class),
            new Rule(
                    onlyImports("overrides", "tenant", "context", "stores", "cache"), OverridesThatKnowLifecycle.class),
            new Rule(onlyImports("isolation", "tenant", "context"), IsolationThatKnowsStores.class),
            new Rule(onlyImports("cache", "tenant", "context"), CacheThatKnowsIsolation.class),
            new Rule(
                    noClasses()
                            .that(resideInAnyPackage(inPackages(CAPABILITIES)))
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("dev.lexigram.tenancy")
                            .because("the root assembles the capabilities, so none of them knows it"),
                    LifecycleThatKnowsTheRoot.class),
            new Rule(
                    slices().matching("dev.lexigram.tenancy.(**)")
                            .should()
                            .beFreeOfCycles()
                            .because("a cycle makes two packages one"),
                    First.class,
                    Second.class),
            new Rule(
                    noClasses()
                            .that(resideInAnyPackage(inPackages(CAPABILITIES))
                                    .or(resideInAnyPackage("dev.lexigram.tenancy", "..planted.core")))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(
                                    "org.springframework..", "jakarta..", "org.hibernate..", "io.micrometer..")
                            .because("core is plain Java"),
                    CoreThatKnowsSpring.class),
            new Rule(
                    noClasses()
                            .that()
                            .resideInAPackage("..tenancy..postgres..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("..tenancy..servlet..", "..tenancy.spring..")
                            .because("adapters import core and never each other"),
                    PostgresThatKnowsServlet.class),
            new Rule(
                    noClasses()
                            .that()
                            .resideInAPackage("..tenancy..hibernate..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage("..tenancy..postgres..", "..tenancy..servlet..", "..tenancy.spring..")
                            .because("adapters import core and never each other"),
                    HibernateThatKnowsServlet.class),
            new Rule(
                    methods()
                            .that()
                            .haveName("withStatus")
                            .and()
                            .areDeclaredIn("dev.lexigram.tenancy.tenant.Tenant")
                            .should()
                            .onlyBeCalled()
                            .byClassesThat(resideInAPackage("dev.lexigram.tenancy.lifecycle"))
                            .because("only lifecycle writes a status"),
                    dev.lexigram.tenancy.tenant.Tenant.class,
                    EnforcementThatWritesStatus.class));

    private StructureRules() {}

    private static ArchRule onlyImports(String capability, String... allowed) {
        var forbidden = Stream.of(CAPABILITIES)
                .filter(other -> !other.equals(capability) && !List.of(allowed).contains(other))
                .toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage("dev.lexigram.tenancy." + capability)
                        .or(resideInAPackage("..planted." + capability)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(inPackages(forbidden)))
                .because(capability + " may import " + List.of(allowed) + " only");
    }

    private static String[] inPackages(String... capabilities) {
        return Stream.of(capabilities)
                .flatMap(name -> Stream.of("dev.lexigram.tenancy." + name, "..planted." + name))
                .toArray(String[]::new);
    }
}
