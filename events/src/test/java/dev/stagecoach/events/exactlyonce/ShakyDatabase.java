package dev.stagecoach.events.exactlyonce;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import javax.sql.DataSource;

/** Makes a database fail now and then: when asked for a connection, before a commit, and after one, when nobody hears of it. */
final class ShakyDatabase {
    private ShakyDatabase() {}

    static DataSource around(DataSource sound, Random random, double probability) {
        return proxy(DataSource.class, (method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return method.invoke(sound, arguments);
            }
            perhapsFail(random, probability / 2, "no connection");
            return shaky(sound.getConnection(), random, probability);
        });
    }

    private static Connection shaky(Connection sound, Random random, double probability) {
        return proxy(Connection.class, (method, arguments) -> {
            boolean commit = method.getName().equals("commit");
            if (commit) {
                perhapsFail(random, probability, "failed before the commit");
            }
            Object result = method.invoke(sound, arguments);
            if (commit && chance(random, probability)) {
                sound.close();
                throw new SQLException("connection lost after the commit");
            }
            return result;
        });
    }

    private static void perhapsFail(Random random, double probability, String message) throws SQLException {
        if (chance(random, probability)) {
            throw new SQLException(message);
        }
    }

    private static boolean chance(Random random, double probability) {
        synchronized (random) {
            return random.nextDouble() < probability;
        }
    }

    private interface Call {
        Object on(java.lang.reflect.Method method, Object[] arguments)
                throws InvocationTargetException, IllegalAccessException, SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return call.on(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
