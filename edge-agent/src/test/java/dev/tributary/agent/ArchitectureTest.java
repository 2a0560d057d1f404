package dev.tributary.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.tributary.architecture.Nevers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The planted breaches come in the shared model's test jar, once it is packaged.
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages("dev.tributary.agent");

    static Stream<ArchRule> rules() {
        return Nevers.all().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void mainClasses_keepEachRule(ArchRule rule) {
        assertThat(MAIN).isNotEmpty();
        rule.check(MAIN);
    }

    @Test
    void packages_haveNoCycles() {
        Nevers.noCycles("dev.tributary.agent.(*)..").check(MAIN);
    }
}
