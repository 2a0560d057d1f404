package dev.tributary.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class outside a package named app neither exits nor halts the process. */
final class NeverCallsExitOutsideApp extends ArchCondition<JavaClass> {
    NeverCallsExitOutsideApp() {
        super("end the process only in app");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (type.getPackageName().endsWith(".app")) {
            return;
        }
        for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
            if (Nevers.exits().test(call)) {
                events.add(SimpleConditionEvent.violated(call, call.getDescription()));
            }
        }
    }
}
