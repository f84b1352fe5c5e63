package dev.lexigram.tenancy.resolution;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PureResolversTest {

    private static final DescribedPredicate<JavaClass> NETWORK = resideInAnyPackage(
                    "java.net..", "javax.net..", "java.nio..")
            .and(DescribedPredicate.not(nameMatching("java\\.net\\.IDN")));

    private static final ArchRule NO_NETWORK = noClasses()
            .that()
            .resideInAPackage("..resolution..")
            .should()
            .dependOnClassesThat(NETWORK)
            .because("neither an issuer nor a host nor a peer is ever looked up, and java.net.URI misreads hosts");

    private static final ArchRule NO_PATTERNS = noClasses()
            .that()
            .resideInAPackage("..resolution..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Pattern.class)
            .because("the cost of a scan is known; length comes first");

    @Test
    void RS_19_resolvers_cannot_reach_the_network() throws URISyntaxException {
        var classes = CompositeResolver.class.getResource("CompositeResolver.class");
        var directory = Path.of(classes.toURI()).getParent();
        var library = imported(importer -> importer.importPath(directory));

        assertThat(library).hasSizeGreaterThan(20);
        NO_NETWORK.check(library);
        NO_PATTERNS.check(library);
    }

    @Test
    void RS_19_control_the_rules_find_a_resolver_that_looks_up_and_one_that_matches() {
        var planted = imported(importer -> importer.importClasses(LooksUp.class, Matches.class));

        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> NO_NETWORK.check(planted));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> NO_PATTERNS.check(planted));
    }

    /** Only what is looked at is imported, not every class of the JDK that it leads to. */
    private static JavaClasses imported(Function<ClassFileImporter, JavaClasses> classes) {
        return ArchConfiguration.withThreadLocalScope((Function<ArchConfiguration, JavaClasses>) configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return classes.apply(new ClassFileImporter());
        });
    }

    private static final class LooksUp {
        static boolean isLocal(String issuer) throws UnknownHostException {
            return InetAddress.getByName(URI.create(issuer).getHost()).isLoopbackAddress();
        }
    }

    private static final class Matches {
        static boolean isReference(String text) {
            return Pattern.compile("([a-z]+)*").matcher(text).matches();
        }
    }
}
