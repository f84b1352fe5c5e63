package dev.lexigram.tenancy.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** A rule and the classes that were planted for it. */
record Rule(ArchRule rule, Class<?>... planted) {

    List<String> violationsIn(JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }

    @Override
    public String toString() {
        return rule.getDescription();
    }
}
