package dev.lexigram.tenancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The structure of all modules as rules, and for each rule a planted class that it must find. */
class ArchitectureTest {

    static final List<Rule> RULES =
            Stream.of(StructureRules.ALL, SafetyRules.ALL).flatMap(List::stream).toList();

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lexigram.tenancy");

    @ParameterizedTest
    @FieldSource("RULES")
    void the_library_keeps(Rule rule) {
        assertThat(LIBRARY).hasSizeGreaterThan(100); // a rule over nothing holds always

        assertThat(rule.violationsIn(LIBRARY)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void a_planted_violation_is_found_by(Rule rule) {
        var planted = new ClassFileImporter().importClasses(rule.planted());

        assertThat(rule.violationsIn(planted)).isNotEmpty();
    }
}
