package dev.stagecoach.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpdateNoticeTest {
    private final UpdateNotice notice = noticeOf(Map.of("newest-version", "5.10.0", "newest-versions.cody", "1.2"));

    @ParameterizedTest
    @CsvSource({
        ", 5.9.0, 5.10.0",
        ", v5.9, 5.10.0",
        ", 5.10.0-rc.1, 5.10.0",
        ", 5.10.0, ",
        ", 5.10, ",
        ", 5.11.0, ",
        ", 5.10.0+build.7, ",
        ", insiders, ",
        ", 263480_2024-04-01_5.3-abc, ",
        "cody, 1.1.9, 1.2",
        "cody, 1.2.0, ",
        "another, 0.1.0, ",
    })
    void tellsOfANewerVersionOnlyWhenItIsOne(@Nullable String product, String version, @Nullable String told) {
        assertThat(notice.newerThan(product, version).orElse(null)).isEqualTo(told);
    }

    @Test
    void tellsNothingWithoutConfiguration() {
        assertThat(noticeOf(Map.of()).newerThan(null, "0.0.1")).isEmpty();
    }

    @Test
    void refusesAConfigurationThatIsNoVersion() {
        assertThatThrownBy(() -> noticeOf(Map.of("newest-versions.cody", "soon")))
                .hasMessage("stagecoach.ingest.newest-versions.\"cody\": \"soon\" (expected: a version such as 5.3.0)");
    }

    private static UpdateNotice noticeOf(Map<String, String> settings) {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder()
                .withMapping(IngestConfig.class)
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withDefaultValue("stagecoach.ingest.pseudonym-secret", "unused");
        settings.forEach((name, value) -> config.withDefaultValue("stagecoach.ingest." + name, value));
        return new UpdateNotice(config.build().getConfigMapping(IngestConfig.class));
    }
}
