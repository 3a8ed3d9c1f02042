package dev.stagecoach.outreach.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.outreach.mail.Handover;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SmtpMailboxTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(reply(550), Handover.Refused.class),
                Arguments.of(reply(554), Handover.Refused.class),
                Arguments.of(reply(450), Handover.Postponed.class),
                Arguments.of(reply(452), Handover.Postponed.class),
                Arguments.of(reply(421), Handover.Unreachable.class),
                Arguments.of(reply(535), Handover.Unreachable.class),
                Arguments.of(new CompletionException(new ConnectException("refused")), Handover.Unreachable.class),
                Arguments.of(new CompletionException(new UnknownHostException("mail")), Handover.Unreachable.class),
                Arguments.of(new IllegalArgumentException("no address"), Handover.Refused.class),
                Arguments.of(new CompletionException(new IOException("socket was closed")), Handover.Doubtful.class),
                Arguments.of(new io.smallrye.mutiny.TimeoutException(), Handover.Doubtful.class));
    }

    private static Throwable reply(int code) {
        return new CompletionException(new SMTPException("refused", code, List.of(code + " no"), false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isCertainOnlyOfWhatIsCertain(Throwable failure, Class<? extends Handover> verdict) {
        assertThat(SmtpMailbox.judge(failure)).isInstanceOf(verdict);
    }
}
