package dev.tributary.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What may not touch what, in every module; each module's ArchitectureTest holds its classes against these. */
public final class Nevers {
    private static final String[] PURE = {
        "dev.tributary.model..",
        "dev.tributary.update..",
        "dev.tributary.protocol..",
        "dev.tributary.codec..",
        "dev.tributary.learning..",
        "dev.tributary.agent.window..",
        "dev.tributary.agent.participation..",
        "dev.tributary.coordinator.admission..",
        "dev.tributary.coordinator.aggregation..",
        "dev.tributary.coordinator.optimizer..",
        "dev.tributary.coordinator.selection..",
        "dev.tributary.coordinator.round.."
    };

    private static final Set<String> CLOCKS_AND_DICE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.Math.random",
            "java.time.Instant.now",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.UUID.randomUUID");

    private Nevers() {}

    /** Rounds, learning and messages know no library of the outside. */
    public static final ArchRule PURE_PACKAGES_KNOW_NO_OUTSIDE = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.eclipse.paho..",
                    "com.google.protobuf..",
                    "java.sql..",
                    "java.net..",
                    "java.nio.file..",
                    "com.sun.net.httpserver..",
                    "io.micrometer..")
            .allowEmptyShould(true);

    /** Time and randomness come in as arguments. */
    public static final ArchRule PURE_PACKAGES_READ_NO_CLOCK = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(describe("reads a clock, dice or the environment", Nevers::readsClockOrDice))
            .orShould()
            .callConstructor(Random.class)
            .allowEmptyShould(true);

    /** The generated classes stay behind {@code wire}. */
    public static final ArchRule GENERATED_CLASSES_STAY_BEHIND_WIRE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tributary.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tributary.wire.proto..", "com.google.protobuf..")
            .allowEmptyShould(true);

    /** Tribuo stays in {@code learning} and {@code export}. */
    public static final ArchRule TRIBUO_STAYS_IN_ITS_ROOMS = noClasses()
            .that()
            .resideOutsideOfPackages("dev.tributary.learning..", "dev.tributary.export..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tribuo..", "com.oracle.labs..")
            .allowEmptyShould(true);

    /** Paho stays behind the transport port. */
    public static final ArchRule PAHO_STAYS_IN_ITS_ROOM = noClasses()
            .that()
            .resideOutsideOfPackage("dev.tributary.transport.mqtt..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.paho..")
            .allowEmptyShould(true);

    /** Java serialisation is not used at all; Tribuo's deserialisation, for trusted files alone, only in export. */
    public static final ArchRule NOTHING_DESERIALISES_OBJECTS = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ObjectInputStream.class)
            .orShould()
            .callMethodWhere(describe(
                    "deserialises a Tribuo model outside export",
                    call -> call.getTarget().getName().startsWith("deserialize")
                            && call.getTargetOwner().getPackageName().startsWith("org.tribuo")
                            && !call.getOriginOwner().getPackageName().equals("dev.tributary.export")));

    /** The device and the coordinator meet on the wire alone. */
    public static final ArchRule HALVES_DO_NOT_KNOW_EACH_OTHER = noClasses()
            .that()
            .resideInAPackage("dev.tributary.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tributary.coordinator..")
            .allowEmptyShould(true);

    /** Only {@code app} ends the process. */
    public static final ArchRule ONLY_APP_EXITS =
            classes().should(new NeverCallsExitOutsideApp()).allowEmptyShould(true);

    /** Packages do not need each other in circles. */
    public static ArchRule noCycles(String slices) {
        return slices().matching(slices).should().beFreeOfCycles();
    }

    /** All rules that hold for any class of the project. */
    public static List<ArchRule> all() {
        return List.of(
                PURE_PACKAGES_KNOW_NO_OUTSIDE,
                PURE_PACKAGES_READ_NO_CLOCK,
                GENERATED_CLASSES_STAY_BEHIND_WIRE,
                TRIBUO_STAYS_IN_ITS_ROOMS,
                PAHO_STAYS_IN_ITS_ROOM,
                NOTHING_DESERIALISES_OBJECTS,
                HALVES_DO_NOT_KNOW_EACH_OTHER,
                ONLY_APP_EXITS);
    }

    private static boolean readsClockOrDice(JavaCall<?> call) {
        AccessTarget target = call.getTarget();
        String name = target.getOwner().getFullName() + "." + target.getName();
        boolean systemClock = target.getOwner().isEquivalentTo(Clock.class)
                && target.getName().startsWith("system");
        return systemClock || CLOCKS_AND_DICE.contains(name);
    }

    static DescribedPredicate<JavaCall<?>> exits() {
        return describe(
                "ends the process",
                call -> Set.of("exit", "halt").contains(call.getName())
                        && Set.of("java.lang.System", "java.lang.Runtime")
                                .contains(call.getTargetOwner().getFullName()));
    }
}
