package dev.stagecoach.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alive connections, each with at most one request under way, all on one thread. In a closed phase each connection sends its next request when it has the answer to
 * the one before; in an open one, requests have their times, and one that finds no free connection waits, its clock running.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails is told to exceptionCaught, or by who waits.
final class Load implements AutoCloseable {

    private static final int LARGEST_ANSWER = 1024 * 1024;
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Requests requests;
    private final EventLoopGroup thread = Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);

    // All of the rest belongs to that thread.
    private final Deque<Connection> free = new ArrayDeque<>();
    private int connections;
    private @Nullable Phase phase;
    private @Nullable Throwable failure;

    private Load(Requests requests) {
        this.requests = requests;
    }

    /** Opens the connections. */
    static Load connect(URI address, int connections, Requests requests) {
        var load = new Load(requests);
        var bootstrap = new Bootstrap()
                .group(load.thread)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpResponseDecoder(),
                                        new HttpObjectAggregator(LARGEST_ANSWER),
                                        load.new Connection(channel));
                    }
                });
        for (int number = 0; number < connections; number++) {
            bootstrap.connect(address.getHost(), address.getPort()).syncUninterruptibly();
        }
        return load;
    }

    /** As fast as the connections allow, for so long; returns when every request is answered. */
    Tally closed(double seconds) {
        return run(new Phase(seconds, null));
    }

    /** So many requests a second, for so long; returns when every request is answered. */
    Tally open(double seconds, double perSecond) {
        return run(new Phase(seconds, perSecond));
    }

    private Tally run(Phase next) {
        thread.execute(() -> {
            phase = next;
            next.fail(failure);
            next.start();
        });
        try {
            return next.done.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The load broke off: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One phase, from its first request to its last answer. */
    private final class Phase {
        private final CompletableFuture<Tally> done = new CompletableFuture<>();
        private final double seconds;
        private final @Nullable Double perSecond;
        private long endsAt;
        private @Nullable Schedule schedule;
        private @Nullable Answers answers;

        Phase(double seconds, @Nullable Double perSecond) {
            this.seconds = seconds;
            this.perSecond = perSecond;
        }

        void start() {
            long now = System.nanoTime();
            endsAt = now + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
            answers = new Answers(now, endsAt);
            schedule = perSecond == null ? null : new Schedule(now, perSecond, seconds);
            if (schedule != null) {
                keepTime(schedule);
            } else {
                sendWhatIsDue();
            }
        }

        /** Looks at the clock when the next request is due, but not more often than it can. */
        private void keepTime(Schedule times) {
            sendWhatIsDue();
            if (!times.isOver()) {
                long pause = Math.max(SHORTEST_PAUSE_NANOS, times.nextDue() - System.nanoTime());
                thread.schedule(() -> keepTime(times), pause, TimeUnit.NANOSECONDS);
            }
        }

        private void sendWhatIsDue() {
            long now = System.nanoTime();
            if (schedule != null) {
                while (!free.isEmpty() && schedule.isDue(now)) {
                    free.pop().send(schedule.take());
                }
            } else if (now - endsAt < 0) {
                while (!free.isEmpty()) {
                    free.pop().send(now);
                }
            }
            endWhenAllIsAnswered(now);
        }

        private void endWhenAllIsAnswered(long now) {
            boolean over = schedule != null ? schedule.isOver() : now - endsAt >= 0;
            if (over && free.size() == connections && answers != null) {
                done.complete(answers.tally());
            }
        }

        void answered(FullHttpResponse answer, long due) {
            if (answers != null) {
                answers.add(answer, due, System.nanoTime());
            }
            sendWhatIsDue();
        }

        void fail(@Nullable Throwable problem) {
            if (problem != null) {
                done.completeExceptionally(problem);
            }
        }
    }

    /** One connection. */
    private final class Connection extends SimpleChannelInboundHandler<FullHttpResponse> {
        private final Channel channel;
        private long due;

        Connection(Channel channel) {
            this.channel = channel;
        }

        void send(long when) {
            due = when;
            var template = requests.next();
            var buffer = channel.alloc().directBuffer(template.bytes());
            template.writeTo(buffer, requests.chance());
            channel.writeAndFlush(buffer, channel.voidPromise());
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            connections++;
            free.push(this);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse answer) {
            free.push(this);
            if (phase != null) {
                phase.answered(answer, due);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(new IllegalStateException("the service closed a connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(cause);
        }

        private void fail(Throwable cause) {
            failure = failure == null ? cause : failure;
            if (phase != null) {
                phase.fail(cause);
            }
        }
    }
}
