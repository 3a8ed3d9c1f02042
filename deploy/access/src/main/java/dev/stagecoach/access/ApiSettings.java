package dev.stagecoach.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Who may call {@code /v1} beside those who sign in. */
@ConfigMapping(prefix = "stagecoach.api")
interface ApiSettings {
    /** Bearer tokens that may everything. With none, and without sign-in, every call is refused. */
    Optional<List<String>> tokens();

    /** For whom tokens of the sign-in server must be: the audience that they name. */
    @WithDefault("stagecoach")
    String audience();
}
