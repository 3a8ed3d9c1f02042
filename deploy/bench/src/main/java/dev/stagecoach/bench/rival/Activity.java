package dev.stagecoach.bench.rival;

import java.nio.ByteBuffer;

/** On which days a user was active: bit i of {@code days} stands for {@code lastDay} - i. Days are counted from 1970. */
final class Activity {

    private static final int BYTES = Integer.BYTES + Long.BYTES;

    private int lastDay;
    private long days;

    private Activity(int lastDay, long days) {
        this.lastDay = lastDay;
        this.days = days;
    }

    static Activity none() {
        return new Activity(Integer.MIN_VALUE / 2, 0);
    }

    static Activity of(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        return new Activity(in.getInt(), in.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putInt(lastDay).putLong(days).array();
    }

    /** Notes a day; false if it was known, or is too long ago to be known. */
    boolean add(int day) {
        if (day > lastDay) {
            int passed = day - lastDay;
            days = passed >= Long.SIZE ? 1 : (days << passed) | 1;
            lastDay = day;
            return true;
        }
        int ago = lastDay - day;
        if (ago >= Long.SIZE || (days >>> ago & 1) == 1) {
            return false;
        }
        days |= 1L << ago;
        return true;
    }

    /** On how many days of a span, both ends included, the user was active. */
    int daysWithin(int first, int last) {
        int newest = Math.max(0, lastDay - last);
        int oldest = Math.min(Long.SIZE - 1, lastDay - first);
        if (newest > oldest) {
            return 0;
        }
        int length = oldest - newest + 1;
        long span = length == Long.SIZE ? -1L : (1L << length) - 1;
        return Long.bitCount(days >>> newest & span);
    }
}
