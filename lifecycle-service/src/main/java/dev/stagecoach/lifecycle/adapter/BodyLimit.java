package dev.stagecoach.lifecycle.adapter;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Reads no body further than is allowed: one that comes in chunks does not say how long it is. */
@Provider
class BodyLimit implements ReaderInterceptor {
    static final int MOST_BYTES = 4 << 20;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        byte[] body = context.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ProblemException(
                    413, "the body has more than " + MOST_BYTES + " bytes: send it in parts", List.of());
        }
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }
}
