package dev.stagecoach.local.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagecoach.events.EventHeaders;
import dev.stagecoach.events.EventType;
import dev.stagecoach.events.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenPiecesTest {

    private static final Instant MONDAY = Instant.parse("2026-02-02T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-02-03T10:00:00Z");

    @Test
    void whatWasRejectedIsOpenUntilItIsTaken() {
        assertThat(open(List.of(rejected("a", MONDAY), rejected("b", TUESDAY), taken("a"))))
                .containsExactly("b");
    }

    @Test
    void inWhicheverOrderItIsRead() {
        // Given
        var told = Arrays.asList(rejected("a", MONDAY), rejected("b", TUESDAY), taken("b"), rejected("a", TUESDAY));
        // When, Then
        for (int turn = 0; turn < told.size(); turn++) {
            Collections.rotate(told, 1);
            assertThat(open(told)).containsExactly("a");
        }
    }

    @Test
    void whatIsRejectedAgainIsOnePieceThatCameWhenItCameFirst() {
        // Given
        var pieces = new OpenPieces();
        // When
        pieces.note(rejected("a", TUESDAY, "later: missing (expected: this)", MONDAY));
        pieces.note(rejected("a", MONDAY, "first: missing (expected: that)", null));
        // Then
        assertThat(pieces.open()).singleElement().satisfies(piece -> {
            assertThat(piece.receivedAt()).isEqualTo(MONDAY);
            assertThat(piece.rejectedAt()).isEqualTo(TUESDAY);
            assertThat(piece.reason()).isEqualTo("later: missing (expected: this)");
            assertThat(piece.times()).isEqualTo(2);
        });
    }

    @Test
    void otherTypesAreNobodysPieces() {
        // Given
        var strange = rejected("a", MONDAY);
        EventHeaders.TYPE.write(strange.headers(), "stagecoach.usage.invented.v9");
        // When, Then
        assertThat(open(List.of(strange))).isEmpty();
    }

    @Test
    void theMarkerClosesThePieceThatItNames() {
        // Given
        var pieces = new OpenPieces();
        pieces.note(rejected("a", MONDAY));
        var marker = Quarantine.takenRecord(pieces.open().get(0), TUESDAY);
        // When
        pieces.note(consumed(marker.key(), marker.timestamp(), new RecordHeaders(marker.headers())));
        // Then
        assertThat(pieces.open()).isEmpty();
        assertThat(marker.key()).isEqualTo("acme");
    }

    @Test
    void aSelectionIsAllThatIsSaid() {
        // Given
        var piece = RejectedPiece.in(rejected("a", MONDAY, "timestamp: \"soon\" (expected: an ISO 8601 time)", null));
        // When, Then
        assertThat(Selection.ALL.has(piece)).isTrue();
        assertThat(new Selection("TIMESTAMP", "acme", "/v1/batch", MONDAY).has(piece))
                .isTrue();
        assertThat(new Selection("timestamp: … (expected", null, null, null).has(piece))
                .isTrue();
        assertThat(new Selection("userId", null, null, null).has(piece)).isFalse();
        assertThat(new Selection(null, "initech", null, null).has(piece)).isFalse();
        assertThat(new Selection(null, null, "/v1/track", null).has(piece)).isFalse();
        assertThat(new Selection(null, null, null, TUESDAY).has(piece)).isFalse();
    }

    @Test
    void piecesThatAreRejectedAlikeAreOneGroup() {
        // Given
        var pieces = List.of(
                RejectedPiece.in(rejected("a", MONDAY, "timestamp: \"soon\" (expected: a time)", null)),
                RejectedPiece.in(rejected("b", TUESDAY, "timestamp: \"later\" (expected: a time)", null)),
                RejectedPiece.in(rejected("c", MONDAY, "userId: missing (expected: a user)", null)));
        // When, Then
        assertThat(PieceGroup.of(pieces))
                .containsExactly(
                        new PieceGroup("timestamp: … (expected: a time)", "/v1/batch", 2, MONDAY, TUESDAY, "b"),
                        new PieceGroup("userId: missing (expected: a user)", "/v1/batch", 1, MONDAY, MONDAY, "c"));
    }

    private static List<String> open(List<ConsumerRecord<String, byte[]>> told) {
        var pieces = new OpenPieces();
        told.forEach(pieces::note);
        return pieces.open().stream().map(RejectedPiece::id).toList();
    }

    private static ConsumerRecord<String, byte[]> rejected(String id, Instant at) {
        return rejected(id, at, "a: missing (expected: b)", null);
    }

    private static ConsumerRecord<String, byte[]> rejected(
            String id, Instant at, String reason, @Nullable Instant receivedAt) {
        var headers = new RecordHeaders();
        EventHeaders.ID.write(headers, id);
        EventHeaders.TYPE.write(headers, EventType.USAGE_REJECTED);
        EventHeaders.REJECTED_REASON.write(headers, reason);
        EventHeaders.REJECTED_SOURCE.write(headers, "/v1/batch");
        if (receivedAt != null) {
            EventHeaders.REJECTED_RECEIVED_AT.write(headers, receivedAt.toString());
        }
        return consumed("acme", at.toEpochMilli(), headers);
    }

    private static ConsumerRecord<String, byte[]> taken(String id) {
        var headers = new RecordHeaders();
        EventHeaders.TYPE.write(headers, EventType.USAGE_REPLAYED);
        EventHeaders.CAUSATION_ID.write(headers, id);
        return consumed("acme", TUESDAY.toEpochMilli(), headers);
    }

    private static ConsumerRecord<String, byte[]> consumed(
            @Nullable String key, long timestamp, RecordHeaders headers) {
        return new ConsumerRecord<>(
                Topics.USAGE_QUARANTINE,
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                new byte[0],
                headers,
                Optional.empty());
    }
}
