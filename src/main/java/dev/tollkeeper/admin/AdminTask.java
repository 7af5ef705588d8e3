package dev.tollkeeper.admin;

import io.smallrye.mutiny.Uni;

/**
 * A command of the operator's on the database of an installation that may be running. A dependent bean whose name, options and
 * description picocli's annotations tell.
 */
public interface AdminTask {
    /**
     * Does it.
     *
     * @param progress to be told how far it is
     * @return what came of it; a {@link dev.tollkeeper.http.problem.DomainError} where it cannot be done
     */
    Uni<Outcome> run(Progress progress);
}
