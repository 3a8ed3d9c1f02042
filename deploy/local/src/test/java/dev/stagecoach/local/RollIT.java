package dev.stagecoach.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stagecoach.events.Topics;
import dev.stagecoach.local.StackOptions.Size;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import dev.stagecoach.local.process.ServiceSettings;
import dev.stagecoach.local.process.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes are replaced and added while events come in; {@code -Droll.events=2000} has as many a second as the command
 * {@code stagecoach roll} has.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollIT {

    private static final int EVENTS_A_SECOND = Integer.getInteger("roll.events", 500);
    private static final Size TWO_REPLICAS = new Size(1, 2);

    /** A replica of lifecycle-service is two members of its group, when nothing else is said. */
    private static final int MEMBERS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static StateDirectory state;
    private static StackOptions options;
    private static Stack stack;

    @BeforeAll
    static void start() {
        state = StateDirectory.open(directory);
        options = new StackOptions(
                LocalStack.HOME, directory, OwnPorts.ofAStack(TWO_REPLICAS), false, false, TWO_REPLICAS);
        stack = Stack.start(options, state);
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
        state.close();
    }

    @Test
    @Order(1)
    void noAcceptedEventIsLostOrCountedTwiceWhileEveryServiceIsReplaced() {
        // When
        var result = new RollingRun(stack, EVENTS_A_SECOND, System.out::println).run();

        // Then
        System.out.printf(
                "%d events; %d requests made again; p99 %d ms, longest %d ms%n",
                result.sent(),
                result.askedAgain(),
                result.percentile(99).toMillis(),
                result.percentile(100).toMillis());
        assertThat(result.accepted()).isEqualTo(result.sent()).isGreaterThan(10 * EVENTS_A_SECOND);
        assertThat(result.lost()).isEmpty();
        assertThat(result.counted()).isEqualTo(result.accepted());
    }

    @Test
    @Order(2)
    void replicasAreAddedUntilEveryPartitionNumberHasAMemberOfItsOwn() throws Exception {
        // Given
        long before = RollingRun.counted(stack);
        var added = new ArrayList<ServiceProcess>();
        try (var load = SteadyEvents.start(stack, EVENTS_A_SECOND);
                var caughtUp = new CaughtUp(stack);
                var kafka = Admin.create(Map.<String, Object>of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        stack.platform().bootstrapServers()))) {
            // When
            for (int number = TWO_REPLICAS.replicas() + 1; number <= Topics.DEFAULT_PARTITIONS / MEMBERS; number++) {
                added.add(replica(number));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(numbersByMember(kafka))
                            .hasSize(Topics.DEFAULT_PARTITIONS)
                            .allSatisfy(numbers -> assertThat(numbers).hasSize(1)));
            assertThat(numbersByMember(kafka).stream().flatMap(Collection::stream))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                            .boxed()
                            .toList());
            var accepted = load.stop();
            caughtUp.await(Service.LIFECYCLE);

            // Then
            var lost = new HashSet<>(accepted);
            lost.removeAll(UsageRecords.ids(stack.platform().bootstrapServers(), Topics.USAGE_EVENTS));
            assertThat(lost).isEmpty();
            assertThat(RollingRun.counted(stack) - before)
                    .isEqualTo(accepted.size())
                    .isEqualTo(load.sent())
                    .isPositive();
        } finally {
            added.forEach(ServiceProcess::kill);
        }
    }

    private static ServiceProcess replica(int number) {
        var replica = new Replica(Service.LIFECYCLE, number);
        var settings = ServiceSettings.of(replica, OwnPorts.next(), false, stack.platform());
        settings.put("quarkus.http.port", Integer.toString(OwnPorts.next()));
        return ServiceProcess.start(
                replica.toString(),
                Service.LIFECYCLE.jar(LocalStack.HOME),
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                settings,
                state.log(replica.toString()),
                state.processes());
    }

    /** Which partition numbers each member of lifecycle-service's group owns. */
    private static List<Set<Integer>> numbersByMember(Admin kafka) throws Exception {
        return kafka
                .describeConsumerGroups(List.of("lifecycle-service"))
                .all()
                .get()
                .get("lifecycle-service")
                .members()
                .stream()
                .map(MemberDescription::assignment)
                .map(assignment -> assignment.topicPartitions().stream()
                        .map(TopicPartition::partition)
                        .collect(Collectors.toSet()))
                .toList();
    }
}
