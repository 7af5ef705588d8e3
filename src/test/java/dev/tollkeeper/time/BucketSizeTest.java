package dev.tollkeeper.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketSizeTest {

    @ParameterizedTest
    @EnumSource
    void everySizeIsFoundByItsWord(BucketSize size) {
        Optional<BucketSize> found = BucketSize.ofBucket(size.bucket());

        assertThat(found).contains(size);
    }

    @Test
    void aMonthIsWrittenWithACapital() {
        Optional<BucketSize> found = BucketSize.ofBucket("1M");

        assertThat(found).contains(BucketSize.MONTH_1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "1m", "1H", "1y", "2h", "hourly", " 1h"})
    void anyOtherWordIsNoBucket(String word) {
        Optional<BucketSize> found = BucketSize.ofBucket(word);

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"hourly, HOUR_1", "daily, DAY_1", "weekly, WEEK_1", "monthly, MONTH_1"})
    void intervalsNameTheirSize(String interval, BucketSize expected) {
        Optional<BucketSize> found = BucketSize.ofInterval(interval);

        assertThat(found).contains(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "1h", "Daily", "yearly"})
    void anyOtherWordIsNoInterval(String word) {
        Optional<BucketSize> found = BucketSize.ofInterval(word);

        assertThat(found).isEmpty();
    }
}
