package dev.tributary.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.tributary.agent.participation.PlantedBreaches;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tributary");

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
        Nevers.noCycles("dev.tributary.(*)..").check(MAIN);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                Arguments.of(Nevers.PURE_PACKAGES_KNOW_NO_OUTSIDE, PlantedBreaches.OpensASocket.class),
                Arguments.of(Nevers.PURE_PACKAGES_READ_NO_CLOCK, PlantedBreaches.ReadsTheClock.class),
                Arguments.of(Nevers.GENERATED_CLASSES_STAY_BEHIND_WIRE, PlantedBreaches.HoldsAGeneratedClass.class),
                Arguments.of(Nevers.TRIBUO_STAYS_IN_ITS_ROOMS, PlantedBreaches.HoldsATribuoModel.class),
                Arguments.of(Nevers.PAHO_STAYS_IN_ITS_ROOM, PlantedBreaches.HoldsAPahoClient.class),
                Arguments.of(Nevers.NOTHING_DESERIALISES_OBJECTS, PlantedBreaches.ReadsObjects.class),
                Arguments.of(Nevers.ONLY_APP_EXITS, PlantedBreaches.Exits.class));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void plantedBreach_isSeen(ArchRule rule, Class<?> breach) {
        JavaClasses planted = new ClassFileImporter().importClasses(breach);
        assertThatThrownBy(() -> rule.check(planted)).isInstanceOf(AssertionError.class);
    }
}
