namespace FinML.Evaluation;

/// <summary>The page's style sheet: light and dark by the reader's setting, narrow screens, print.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark; --finml-rule: var(--rule); --finml-stripe: var(--stripe);
          --paper: #fbfbfa; --card: #ffffff; --ink: #1f2328; --soft: #59636e; --rule: #dcdfe3; --stripe: #f5f6f7;
          --good: #1a7f37; --mid: #9a6700; --bad: #b3261e; --none: #59636e;
        }
        @media (prefers-color-scheme: dark) { :root {
          --paper: #090c10; --card: #0d1117; --ink: #dde3ea; --soft: #9da7b3; --rule: #2b323c; --stripe: #131920;
          --good: #4ac26b; --mid: #d4a72c; --bad: #ff7b72; --none: #9da7b3;
        } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.58 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif; }
        main { max-width: 66rem; margin: 0 auto; padding: 2.4rem 1.4rem 4rem; }
        header { margin-bottom: 1.6rem; }
        .kicker { margin: 0; color: var(--soft); font-size: .8rem; letter-spacing: .05em; text-transform: uppercase; }
        h1 { margin: .1em 0 .15em; font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; font-weight: 680;
          overflow-wrap: anywhere; }
        .span { margin: 0; color: var(--soft); font-size: .95rem; }
        h2 { margin: 2.6rem 0 .9rem; font-size: 1.26rem; letter-spacing: -.01em; font-weight: 660; }
        p { margin: .55em 0; max-width: 50rem; }
        .card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1.05rem 1.3rem; }
        .verdict { --tone: var(--none); border-left: 5px solid var(--tone); }
        .verdict.good { --tone: var(--good); } .verdict.mid { --tone: var(--mid); } .verdict.bad { --tone: var(--bad); }
        .verdict .label { margin: 0 0 .3rem; color: var(--tone); font-weight: 680; font-size: .84rem;
          letter-spacing: .05em; text-transform: uppercase; }
        .verdict .sentence { margin: 0; font-size: 1.13rem; line-height: 1.5; max-width: none; }
        .verdict ul { margin: .9rem 0 0; padding: .8rem 0 0 1.1rem; border-top: 1px solid var(--rule);
          color: var(--soft); font-size: .92rem; }
        .verdict li { margin: .22rem 0; } .verdict li b { color: var(--ink); font-weight: 600; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .7rem;
          margin: 1.1rem 0; }
        .tile { padding: .75rem .95rem; }
        .tile .name { color: var(--soft); font-size: .78rem; line-height: 1.3; }
        .tile .value { font-size: 1.42rem; line-height: 1.25; font-weight: 640; letter-spacing: -.01em;
          font-variant-numeric: tabular-nums; }
        .tile .more { color: var(--soft); font-size: .78rem; font-variant-numeric: tabular-nums; }
        .checks { margin: 0 0 1.1rem; padding: 0; list-style: none; display: grid; gap: .5rem; }
        .checks > li { padding: .65rem .95rem; border: 1px solid var(--rule); border-left: 4px solid var(--none);
          border-radius: 8px; background: var(--card); font-size: .92rem; }
        .checks > li.warning { border-left-color: var(--mid); } .checks > li.fatal { border-left-color: var(--bad); }
        .checks b, .missing b { font-weight: 640; }
        .checks ul { margin: .25rem 0 0; padding-left: 1.1rem; color: var(--soft); }
        .missing { margin: 0; padding-left: 1.1rem; color: var(--soft); } .missing b { color: var(--ink); }
        .lead { margin-bottom: .95rem; }
        .flow { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
        .flow > * { min-width: 0; max-width: 100%; }
        figure { margin: 0; border: 1px solid var(--rule); border-radius: 10px; overflow: hidden;
          background: var(--card); flex: 1 1 100%; }
        figure svg { display: block; width: 100%; height: auto; }
        .tables { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; flex: 0 1 auto; }
        .beside > figure { flex: 1 1 34rem; } .beside > .tables { flex: 0 1 21.5rem; }
        .sheet { border: 1px solid var(--rule); border-radius: 10px; background: var(--card); padding: .75rem .5rem;
          overflow-x: auto; max-width: 100%; }
        .sheet .finml-table { margin: 0; } .sheet .finml-table caption { padding-left: .85em; }
        .tall { max-height: 47rem; overflow-y: auto; }
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule); color: var(--soft);
          font-size: .8rem; }
        footer p { max-width: none; margin: .25em 0; }
        @media (max-width: 40rem) { main { padding: 1.4rem .8rem 3rem; } h1 { font-size: 1.6rem; } }
        @media print {
          :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --rule: #bbb; --stripe: #f4f4f4; }
          body { font-size: 10pt; } main { max-width: none; padding: 0; } .tall { max-height: none; }
          figure, .sheet, .card { break-inside: avoid; } h2 { break-after: avoid; }
        }
        """;
}
