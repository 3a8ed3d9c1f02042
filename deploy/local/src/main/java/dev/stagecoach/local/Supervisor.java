package dev.stagecoach.local;

import dev.stagecoach.local.process.Complaint;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.local.process.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Does what an orchestrator does with the services: starts again who has ended, and who says three times in a row that it is not alive.
 * Who does not answer at all is left alone.
 */
final class Supervisor implements AutoCloseable {

    private static final long LOOK_EVERY_SECONDS = 2;
    private static final int PATIENCE = 3;
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int NOT_ALIVE = 503;

    private final Stack stack;
    private final Consumer<String> tell;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<ServiceProcess, Integer> complaints = new HashMap<>();
    private final List<String> restarts = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Supervisor::daemon);
    private final ScheduledFuture<?> looking;

    private Supervisor(Stack stack, Consumer<String> tell) {
        this.stack = stack;
        this.tell = tell;
        this.looking =
                thread.scheduleWithFixedDelay(this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread daemon(Runnable task) {
        var looking = new Thread(task, "supervisor");
        looking.setDaemon(true);
        return looking;
    }

    /** @param tell takes a line for each replica that is started again */
    static Supervisor start(Stack stack, Consumer<String> tell) {
        stack.leaveToSupervisor();
        return new Supervisor(stack, tell);
    }

    private void look() {
        Stream.of(Service.values())
                .flatMap(service -> stack.replicas(service).stream())
                .forEach(replica -> stack.running(replica).ifPresent(process -> look(replica, process)));
    }

    private void look(Replica replica, ServiceProcess process) {
        if (!process.isAlive()) {
            restart(replica, process, "it has ended");
        } else if (!saysThatItIsNotAlive(replica)) {
            complaints.remove(process);
        } else if (complaints.merge(process, 1, Integer::sum) == PATIENCE) {
            restart(replica, process, "it says that it is not alive");
        }
    }

    private void restart(Replica replica, ServiceProcess process, String why) {
        complaints.remove(process);
        if (stack.restart(replica, process)) {
            synchronized (restarts) {
                restarts.add(replica + ": " + why);
            }
            tell.accept("%s is started again: %s".formatted(replica, why));
        }
    }

    private boolean saysThatItIsNotAlive(Replica replica) {
        var request = HttpRequest.newBuilder(stack.uri(replica).resolve("/q/health/live"))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == NOT_ALIVE;
        } catch (IOException e) {
            // It starts, or is frozen.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Who was started again, and why.
     *
     * @throws IllegalStateException if nobody looks after them any more, since one could not be started
     */
    List<String> restarts() {
        requireLooking();
        synchronized (restarts) {
            return List.copyOf(restarts);
        }
    }

    /** @throws IllegalStateException if nobody looks after them any more, since one could not be started */
    void requireLooking() {
        try {
            if (looking.isDone()) {
                throw new IllegalStateException("the supervisor has ended: " + looking.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the supervisor has ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Complaint("Interrupted.", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        stack.leaveToItself();
    }
}
