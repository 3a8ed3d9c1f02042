package dev.stagecoach.events.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every record has its effect once, while members come, go, fail and are killed. */
class DeliveryGuaranteeTest {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryGuaranteeTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** The session of the lost owner, and the locks of a transaction that it froze in, have their time first. */
    private static final Duration PATIENCE_AFTER_A_PAUSE = Duration.ofSeconds(90);

    private Workplace workplace;
    private DeliveryGuarantee guarantee;

    @BeforeEach
    void openWorkplace() {
        workplace = Workplace.open();
        guarantee = new DeliveryGuarantee(workplace);
    }

    @AfterEach
    void closeWorkplace() {
        workplace.close();
    }

    @Test
    void holdsWhileMembersComeAndGoAndTheDatabaseFailsAtRandomPoints() {
        holdsWithShakyMembers(new Random().nextLong());
    }

    private void holdsWithShakyMembers(long seed) {
        LOG.info("seed: {}", seed);
        // Given
        Random random = new Random(seed);
        Deque<Member> members = new ArrayDeque<>();
        members.add(shakyMember(random, false));
        // When
        try {
            for (int round = 0; round < 8; round++) {
                guarantee.produce(random, 250);
                members.addLast(shakyMember(random, random.nextInt(3) == 0));
                if (members.size() > 2) {
                    members.removeFirst().close();
                }
            }
            members.addLast(shakyMember(random, false));
            // Then
            guarantee.assertHeld(PATIENCE);
        } finally {
            members.forEach(Member::close);
        }
    }

    private Member shakyMember(Random random, boolean dies) {
        BatchHandler<Received> ledger = new Ledger(workplace.decisions);
        AtomicBoolean mayDie = new AtomicBoolean(dies);
        BatchHandler<Received> mortal = new ForwardingHandler(ledger) {
            @Override
            void afterHandling() {
                if (mayDie.getAndSet(false)) {
                    throw new AssertionError("dies in the middle of a batch");
                }
            }
        };
        Member member = new Member(
                workplace.settings(20),
                ShakyDatabase.around(workplace.database(), new Random(random.nextLong()), 0.05),
                mortal);
        member.start();
        return member;
    }

    @Test
    void holdsWhileProcessesAreKilledAnywhere() throws IOException, InterruptedException {
        holdsWhileProcessesAreKilled(new Random().nextLong());
    }

    private void holdsWhileProcessesAreKilled(long seed) throws IOException, InterruptedException {
        LOG.info("seed: {}", seed);
        // Given
        Random random = new Random(seed);
        // When
        for (int life = 0; life < 3; life++) {
            long before = workplace.count("applied");
            Process process = MemberProcess.start(workplace, "replica-1");
            try {
                guarantee.produce(random, 500);
                MemberProcess.awaitProgress(workplace, before, process);
                spin(random.nextInt(150));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        // Then
        Process last = MemberProcess.start(workplace, "replica-1");
        try {
            guarantee.assertHeld(PATIENCE);
        } finally {
            last.destroyForcibly().waitFor();
        }
    }

    /**
     * A paused process is no crash: it wakes up in the middle of what it did, believing that it owns what others have gone on with
     * for longer than its session.
     */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no SIGSTOP")
    void holdsWhileReplicasAreAddedKilledAndPausedForLongerThanTheirSession() throws IOException, InterruptedException {
        // Given
        long seed = new Random().nextLong();
        LOG.info("seed: {}", seed);
        Random random = new Random(seed);
        List<Process> replicas = new ArrayList<>();
        try {
            replicas.add(MemberProcess.startNameless(workplace));
            guarantee.produce(random, 300);
            MemberProcess.awaitProgress(workplace, 0, replicas.get(0));
            // When two are added
            replicas.add(MemberProcess.startNameless(workplace));
            replicas.add(MemberProcess.startNameless(workplace));
            guarantee.produce(random, 500);
            awaitApplied();
            // And one is killed, another paused, in the middle of their work
            guarantee.produce(random, 1000);
            spin(random.nextInt(200));
            replicas.get(0).destroyForcibly().waitFor();
            MemberProcess.pause(replicas.get(1));
            // And the third has done all of it, long after the session of the paused one
            awaitApplied();
            guarantee.produce(random, 300);
            awaitApplied();
            // And the paused one wakes up, while more comes in
            guarantee.produce(random, 500);
            MemberProcess.resume(replicas.get(1));
            guarantee.produce(random, 500);
            // Then
            guarantee.assertHeld(PATIENCE_AFTER_A_PAUSE);
            assertThat(replicas.get(1).isAlive())
                    .as("the paused replica is alive")
                    .isTrue();
        } finally {
            replicas.forEach(Process::destroyForcibly);
        }
    }

    private void awaitApplied() {
        await().atMost(PATIENCE_AFTER_A_PAUSE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> workplace.count("applied") == guarantee.produced());
    }

    /** A random point in the work of another process can only be met by letting time pass. */
    private static void spin(int millis) {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
