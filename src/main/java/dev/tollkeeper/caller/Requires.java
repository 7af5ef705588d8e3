package dev.tollkeeper.caller;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a management call asks of its caller before its body is read: of a key, that it is a management key with this
 * scope. What a user may do in which team is the service's to check, where the team is known.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
    /** The scope that a key needs. */
    Scope value();

    /** Whether only the operator's token may call this, and no key. */
    boolean operator() default false;
}
