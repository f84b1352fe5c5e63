package dev.lexigram.tenancy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.lexigram.tenancy.architecture.planted.BorrowsConnections;
import dev.lexigram.tenancy.architecture.planted.FoldsByLocale;
import dev.lexigram.tenancy.architecture.planted.InheritsThreadLocals;
import dev.lexigram.tenancy.architecture.planted.KeepsThreadLocals;
import dev.lexigram.tenancy.architecture.planted.SearchesInsteadOfMatching;
import dev.lexigram.tenancy.architecture.planted.SwitchesSchema;
import dev.lexigram.tenancy.architecture.planted.TouchesTheDriver;
import dev.lexigram.tenancy.architecture.planted.UsesTheCommonPool;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import javax.sql.DataSource;
import org.postgresql.core.TransactionState;

/** What no code of the library may do: section 4 of the threats. */
final class SafetyRules {

    static final List<Rule> ALL = List.of(
            new Rule(
                    noClasses()
                            .should()
                            .dependOnClassesThat()
                            .areAssignableTo(InheritableThreadLocal.class)
                            .because("a pooled thread would keep its creator's tenant (CX-02)"),
                    InheritsThreadLocals.class),
            new Rule(
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("dev.lexigram.tenancy.context")
                            .should()
                            .dependOnClassesThat()
                            .areAssignableTo(ThreadLocal.class)
                            .because("only the context carries the tenant"),
                    KeepsThreadLocals.class),
            new Rule(
                    noClasses()
                            .should()
                            .callMethodWhere(called(Connection.class, "setSchema|setCatalog"))
                            .because("a session setting stays with the connection (CN-01)"),
                    SwitchesSchema.class),
            new Rule(
                    noClasses()
                            .that(not(resideInAnyPackage(
                                    "dev.lexigram.tenancy.postgres.isolation",
                                    "dev.lexigram.tenancy.postgres.stores",
                                    "dev.lexigram.tenancy.postgres.schema",
                                    "dev.lexigram.tenancy.postgres.database",
                                    "dev.lexigram.tenancy.postgres.audit",
                                    "dev.lexigram.tenancy.postgres.adoption",
                                    "dev.lexigram.tenancy.hibernate",
                                    "dev.lexigram.tenancy.testkit")))
                            .should()
                            .callMethodWhere(called(DataSource.class, "getConnection"))
                            .because("a connection is bound by the isolation or belongs to the control plane"),
                    BorrowsConnections.class),
            new Rule(
                    noClasses()
                            .that()
                            .resideOutsideOfPackage("dev.lexigram.tenancy.postgres.driver")
                            .should()
                            .dependOnClassesThat(resideInAnyPackage("org.postgresql.core..", "org.postgresql.jdbc..")
                                    .and(not(type(TransactionState.class))))
                            .because(
                                    "the inside of pgjdbc changes, so one package knows it; the rest has PGConnection"),
                    TouchesTheDriver.class),
            new Rule(
                    noClasses()
                            .should()
                            .callMethod(Matcher.class, "find")
                            .because("find accepts what merely contains a valid name (ID-10)"),
                    SearchesInsteadOfMatching.class),
            new Rule(
                    noClasses()
                            .should()
                            .callMethod(String.class, "toLowerCase")
                            .orShould()
                            .callMethod(String.class, "toUpperCase")
                            .because("folding by the default locale changes names (ID-06)"),
                    FoldsByLocale.class),
            new Rule(
                    noClasses()
                            .should()
                            .callMethodWhere(asynchronousWithoutExecutor())
                            .orShould()
                            .callMethodWhere(target(name("parallelStream")))
                            .because("the common pool knows no tenant (CX-03, CX-04)"),
                    UsesTheCommonPool.class));

    private SafetyRules() {}

    private static DescribedPredicate<JavaCall<?>> called(Class<?> type, String methods) {
        return target(owner(assignableTo(type)))
                .and(target(nameMatching(methods)))
                .as("calls %s.%s", type.getSimpleName(), methods);
    }

    private static DescribedPredicate<JavaCall<?>> asynchronousWithoutExecutor() {
        return target(owner(assignableTo(CompletableFuture.class)))
                .and(target(nameEndingWith("Async")))
                .and(DescribedPredicate.describe(
                        "without an executor",
                        call -> call.getTarget().getRawParameterTypes().stream()
                                .map(JavaClass::getSimpleName)
                                .noneMatch("Executor"::equals)));
    }
}
