package dev.tollkeeper.admin;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Bars on the standard error, so that what a command prints can be piped; none where they are not wanted. */
final class ProgressBars implements Progress {
    private static final int EVERY_MILLIS = 200;

    private final boolean quiet;
    private ProgressBar bar;

    ProgressBars(boolean quiet) {
        this.quiet = quiet;
    }

    @Override
    public synchronized void begin(String what, long steps) {
        end();
        if (!quiet && steps > 0) {
            bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(steps).setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(EVERY_MILLIS).build();
        }
    }

    @Override
    public synchronized void step(long done) {
        if (bar != null) {
            bar.stepBy(done);
        }
    }

    @Override
    public synchronized void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
