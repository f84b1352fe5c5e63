package dev.lexigram.tenancy.postgres.isolation;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;

/** Where in the application's own code a call comes from, behind everything that is known to stand in between. */
final class CodeLocation {

    private static final StackWalker WALKER = StackWalker.getInstance();

    // The library's own packages by their exact names: an application may have a name that begins like theirs.
    private static final Set<String> LIBRARY = Set.of(
            "dev.lexigram.tenancy",
            "dev.lexigram.tenancy.context",
            "dev.lexigram.tenancy.enforcement",
            "dev.lexigram.tenancy.postgres.driver",
            "dev.lexigram.tenancy.postgres.isolation",
            "dev.lexigram.tenancy.servlet",
            "dev.lexigram.tenancy.spring");

    private static final List<String> INFRASTRUCTURE = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "jakarta.",
            "kotlin.",
            "org.postgresql.",
            "com.zaxxer.hikari.",
            "org.apache.",
            "org.springframework.",
            "org.hibernate.",
            "org.jooq.",
            "org.mybatis.",
            "org.jdbi.",
            "org.flywaydb.",
            "org.quartz.",
            "com.querydsl.",
            "com.p6spy.",
            "net.ttddyy.",
            "io.micrometer.",
            "io.opentelemetry.");

    private CodeLocation() {}

    /** As {@code class.method:line}. */
    static String current() {
        return WALKER.walk(frames -> frames.filter(CodeLocation::isApplication)
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .orElse("(no code of the application)"));
    }

    private static boolean isApplication(StackFrame frame) {
        var type = frame.getClassName();
        var dot = type.lastIndexOf('.');
        return !type.contains("$Proxy")
                && !type.contains("$$")
                && !(dot >= 0 && LIBRARY.contains(type.substring(0, dot)))
                && INFRASTRUCTURE.stream().noneMatch(type::startsWith);
    }
}
