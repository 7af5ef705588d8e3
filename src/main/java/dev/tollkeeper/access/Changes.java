package dev.tollkeeper.access;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.inject.Singleton;

/** The changes that this replica has heard of, numbered in that order. */
@Singleton
final class Changes {
    /** More changes than this are not told apart: everything counts as changed, and numbering goes on. */
    private static final int MOST = 200_000;

    private final ConcurrentMap<UUID, Long> latest = new ConcurrentHashMap<>();
    private volatile long last;
    /** Everything counts as changed by this one. */
    private volatile long allChanged;

    /** What is found in the database and remembered. */
    interface Dependent {
        /** The ids of the keys, projects, teams and users by whose changes it is out of date. */
        List<UUID> dependsOn();
    }

    /** The number of the last change; a look-up notes it before it begins. */
    long last() {
        return last;
    }

    /** Whether anything that it depends on has changed since. */
    boolean since(long number, Dependent dependent) {
        if (allChanged > number) {
            return true;
        }
        for (UUID thing : dependent.dependsOn()) {
            Long change = latest.get(thing);
            if (change != null && change > number) {
                return true;
            }
        }
        return false;
    }

    /** Notes that a key, project, team or user has changed. */
    synchronized void changed(UUID thing) {
        if (latest.size() >= MOST) {
            everything();
        }
        long number = last + 1;
        latest.put(thing, number);
        last = number;
    }

    /** Notes that anything may have changed: some changes may have gone unheard. */
    synchronized void everything() {
        long number = last + 1;
        allChanged = number;
        last = number;
        latest.clear();
    }
}
