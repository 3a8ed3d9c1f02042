package dev.stagecoach.local;

import dev.stagecoach.local.chaos.Fault;
import dev.stagecoach.local.process.Replica;
import dev.stagecoach.local.process.Service;
import dev.stagecoach.platform.Server;
import java.util.ArrayList;
import java.util.List;

/** Something of a stack that can be made to fail, and to come back. */
interface Victim {

    void kill();

    /** Starts it again after {@link #kill}, and returns when it serves. */
    void start();

    void freeze();

    void thaw();

    /** Of those that only fail one at a time: a majority of brokers must be up for anything to go on. */
    boolean isBroker();

    /** Every replica, every broker, and PostgreSQL. */
    static List<Victim> of(Stack stack) {
        var victims = new ArrayList<Victim>();
        for (var service : Service.values()) {
            stack.replicas(service).forEach(replica -> victims.add(new OfService(stack, replica)));
        }
        stack.platform().servers().forEach(server -> victims.add(new OfPlatform(server)));
        return victims;
    }

    default void fail(Fault.Kind kind) {
        switch (kind) {
            case KILL -> kill();
            case FREEZE -> freeze();
        }
    }

    default void comeBack(Fault.Kind kind) {
        switch (kind) {
            case KILL -> start();
            case FREEZE -> thaw();
        }
    }

    /** A replica of a service. */
    record OfService(Stack stack, Replica replica) implements Victim {

        @Override
        public void kill() {
            stack.kill(replica);
        }

        @Override
        public void start() {
            stack.start(replica);
            stack.awaitReady(replica);
        }

        @Override
        public void freeze() {
            stack.freeze(replica);
        }

        @Override
        public void thaw() {
            stack.thaw(replica);
        }

        @Override
        public boolean isBroker() {
            return false;
        }

        @Override
        public String toString() {
            return replica.toString();
        }
    }

    /** A broker, or PostgreSQL. */
    record OfPlatform(Server server) implements Victim {

        @Override
        public void kill() {
            server.kill();
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void freeze() {
            server.freeze();
        }

        @Override
        public void thaw() {
            server.thaw();
        }

        @Override
        public boolean isBroker() {
            return server.toString().startsWith("broker");
        }

        @Override
        public String toString() {
            return server.toString();
        }
    }
}
