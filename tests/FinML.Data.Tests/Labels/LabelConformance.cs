namespace FinML.Data.Tests.Labels;

/// <summary>What every label must keep: above all that it reads no row outside the span it declares.</summary>
public abstract class LabelConformance
{
    private const int Length = 260;

    protected abstract LabelSet Label(Panel panel);

    [Fact]
    public void A_label_reads_no_row_after_its_span()
    {
        Panel panel = TestPanels.RandomWalk(Length);
        LabelSet whole = Label(panel);
        Assert.True(whole.Spans.Labelled().Length > Length / 2);
        for (int cut = 100; cut < 200; cut += 7)
        {
            Panel changed = CausalityAudit.Perturb(panel, cut, Perturbation.Random, new RandomStream(3, (ulong)cut));
            LabelSet other = Label(changed);
            int moved = 0;
            foreach (int t in whole.Spans.Labelled())
            {
                if (whole.Spans.Last(t) <= cut)
                {
                    Assert.Equal(whole.Values[t], other.Values[t]);
                    Assert.Equal(whole.Spans.Last(t), other.Spans.Last(t));
                }
                else
                {
                    moved += whole.Values[t] == other.Values[t] ? 0 : 1;
                }
            }

            Assert.True(moved > 0, "no label moved: the perturbation showed nothing");
        }
    }

    [Fact]
    public void Rows_without_a_label_have_no_span_and_the_last_row_has_none()
    {
        LabelSet labels = Label(TestPanels.RandomWalk(Length));
        Assert.Equal(Length, labels.Length);
        Assert.False(labels.Spans.HasLabel(Length - 1));
        Assert.Equal(labels.ToArray().Select(double.IsNaN), Enumerable.Range(0, Length).Select(
            t => !labels.Spans.HasLabel(t)));
    }

    [Fact]
    public void It_does_not_depend_on_the_unit_of_the_price()
    {
        Panel panel = TestPanels.RandomWalk(Length);
        Assert.Equal(Label(panel).ToArray(), Label(panel.Map((_, _, x) => [.. x.Select(v => v * 8)])).ToArray());
    }
}
