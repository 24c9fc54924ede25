package dev.ringmaster.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The requirements (ids of `docs/requirements.csv`, such as `AGT-006`) that a test or all tests of a class prove.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Spec {
    /// Requirement ids.
    String[] value();
}
