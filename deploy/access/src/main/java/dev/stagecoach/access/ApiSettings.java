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

    /**
     * Whether these tokens open anything to requests of this machine only: where everybody knows them, pages of other sites must not
     * use them under a name that they have made to mean this machine.
     */
    @WithDefault("false")
    boolean tokensOnThisMachineOnly();

    /** For whom tokens of the sign-in server must be: the audience that they name. */
    @WithDefault("stagecoach")
    String audience();
}
