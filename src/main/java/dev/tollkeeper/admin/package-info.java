/**
 * The operator's command line: {@code java -jar quarkus-run.jar admin …}. Each feature brings its own commands, as {@link
 * dev.tollkeeper.admin.AdminTask}s.
 */
package dev.tollkeeper.admin;
