package dev.stagecoach.events.exactlyonce;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every record has its effect once, while members come, go, fail and are killed. */
class DeliveryGuaranteeTest {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryGuaranteeTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

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

    /** A random point in the work of another process can only be met by letting time pass. */
    private static void spin(int millis) {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
