package dev.stagecoach.outreach.adapter;

import dev.stagecoach.outreach.Pictures;
import dev.stagecoach.outreach.letter.DayUse;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jboss.logging.Logger;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Charts by JFreeChart. They have no words in them, so that no font is needed where the service runs, and so that a phone does not
 * shrink the words. The people of an account get the same picture: the last ones are kept.
 */
final class JFreePictures implements Pictures {
    private static final Logger LOG = Logger.getLogger(JFreePictures.class);
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 360;
    private static final int GRID_LINES = 3;
    private static final int KEPT = 64;
    /** At least 3:1 on white and on the dark sheet of the layout. */
    private static final Color BARS = new Color(0x3b82c4);

    private static final Color GRID = new Color(128, 140, 150, 90);

    private final Map<List<DayUse>, Optional<byte[]>> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<DayUse>, Optional<byte[]>> eldest) {
            return size() > KEPT;
        }
    };

    @Override
    public Optional<byte[]> days(List<DayUse> days) {
        synchronized (kept) {
            return kept.computeIfAbsent(days, JFreePictures::drawn);
        }
    }

    /** A mail works without its picture; a JDK without java.desktop's native libraries cannot draw. */
    private static Optional<byte[]> drawn(List<DayUse> days) {
        try {
            return Optional.of(draw(days));
        } catch (LinkageError | InternalError e) {
            LOG.warn("mails go out without pictures, which this machine cannot draw", e);
            return Optional.empty();
        }
    }

    private static byte[] draw(List<DayUse> days) {
        DefaultCategoryDataset users = new DefaultCategoryDataset();
        days.forEach(day -> users.addValue(day.users(), "users", day.day()));
        int most = days.stream()
                .mapToInt(day -> day.users() == null ? 0 : day.users())
                .max()
                .orElse(0);
        CategoryPlot plot = new CategoryPlot(users, dayAxis(), userAxis(Math.max(most, 1)), bars());
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setRangeGridlinePaint(GRID);
        plot.setRangeGridlineStroke(new BasicStroke(2));
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return png(chart.createBufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB, null));
    }

    private static CategoryAxis dayAxis() {
        CategoryAxis axis = new CategoryAxis();
        axis.setVisible(false);
        axis.setLowerMargin(0);
        axis.setUpperMargin(0);
        axis.setCategoryMargin(0.25);
        return axis;
    }

    /** With ticks given: to find them out by itself, an axis measures a font. */
    private static NumberAxis userAxis(int most) {
        NumberAxis axis = new NumberAxis();
        axis.setVisible(false);
        axis.setRange(0, most * 1.02);
        axis.setTickUnit(new NumberTickUnit((double) most / GRID_LINES), false, false);
        axis.setAutoTickUnitSelection(false);
        return axis;
    }

    private static BarRenderer bars() {
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setSeriesPaint(0, BARS);
        return renderer;
    }

    private static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
