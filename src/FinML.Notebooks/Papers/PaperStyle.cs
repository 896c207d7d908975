namespace FinML.Notebooks.Papers;

/// <summary>The style sheet of papers: one measure of serif text on the screen, an article on A4 in print.</summary>
internal static class PaperStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --paper: #ffffff; --ink: #1a1a1a; --soft: #5d5d5a; --rule: #1a1a1a; --hair: #d9d8d2; --accent: #174a7c;
          --good: #1a7f37; --bad: #b35900; --open: #656d76;
          --finml-rule: var(--rule); --finml-stripe: transparent;
        }
        @media (prefers-color-scheme: dark) { :root {
          --paper: #0d1117; --ink: #e3e1dc; --soft: #a09e98; --rule: #cfcdc7; --hair: #34363a; --accent: #8ab8e8;
          --good: #5cc479; --bad: #f0a45a; --open: #9aa1aa;
        } }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
        body {
          margin: 0; background: var(--paper); color: var(--ink); -webkit-text-size-adjust: 100%;
          font: 18px/1.56 "Source Serif 4", "Source Serif Pro", "STIX Two Text", Charter, "Bitstream Charter",
            "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, "Liberation Serif", "Times New Roman", serif;
          font-kerning: normal; text-rendering: optimizeLegibility; hanging-punctuation: first last;
        }
        article { max-width: 43rem; margin: 0 auto; padding: 4rem 1.5rem 5rem; }
        a { color: var(--accent); text-decoration: none; }
        a:hover { text-decoration: underline; text-underline-offset: 2px; text-decoration-thickness: 1px; }

        header { text-align: center; margin-bottom: 2.6rem; }
        header p { text-align: center; hyphens: none; }
        h1 { font-size: 2.05rem; line-height: 1.18; font-weight: 600; letter-spacing: -.012em; margin: 0 0 1.1rem;
          text-wrap: balance; }
        .subtitle { font-size: 1.2rem; font-style: italic; margin: -.5rem 0 1.1rem; text-wrap: balance; }
        .authors { margin: 0; font-size: 1.06rem; }
        .authors .and { color: var(--soft); padding: 0 .35em; }
        .place { color: var(--soft); font-style: italic; }
        .date { margin: .35rem 0 0; color: var(--soft); font-size: .94rem; }
        .verdict { margin: 1.1rem 0 0; line-height: 1; }

        .abstract { margin: 0 2.4rem 2.8rem; font-size: .93rem; line-height: 1.5; }
        .abstract h2 { font-size: .86rem; text-align: center; margin: 0 0 .5rem; font-weight: 600;
          font-variant-caps: all-small-caps; letter-spacing: .09em; border: 0; }
        .keywords { margin: .8em 0 0; text-indent: 0; text-align: left; }
        .keywords b { font-weight: 600; padding-right: .3em; }

        h2, h3, h4, h5 { line-height: 1.25; font-weight: 600; text-wrap: balance; }
        h2 { font-size: 1.28rem; margin: 2.5em 0 .7em; }
        h3 { font-size: 1.08rem; margin: 2em 0 .55em; }
        h4 { font-size: 1rem; font-style: italic; margin: 1.6em 0 .4em; }
        h2 .number, h3 .number, h4 .number { padding-right: .55em; font-variant-numeric: lining-nums; }
        p { margin: 0 0 .85em; text-align: justify; hyphens: auto; hyphenate-limit-chars: 7 4 3; }
        ul, ol { margin: .2em 0 .95em; padding-left: 1.5em; }
        li { margin: .2em 0; }
        li > p { margin: 0; }
        blockquote { margin: 1em 1.6em; color: var(--soft); font-style: italic; }
        code, pre { font-family: ui-monospace, SFMono-Regular, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono",
          monospace; font-size: .84em; }
        pre { overflow-x: auto; padding: .7em .9em; border: 1px solid var(--hair); border-radius: 4px;
          line-height: 1.45; font-size: .76em; }
        hr { border: 0; border-top: 1px solid var(--hair); margin: 2.2em 30%; }
        sup, sub { line-height: 0; }

        math { font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "Libertinus Math", "XITS Math",
          "DejaVu Math TeX Gyre", math; }
        .equation { display: flex; align-items: center; margin: 1.1em 0 1.2em; overflow-x: auto; overflow-y: hidden; }
        .equation > math { flex: 1; }
        .equation > .number { padding-left: 1em; }

        figure { margin: 2em 0 2.1em; }
        figure > svg, figure > img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        figcaption { margin: .75em 0 0; font-size: .89rem; line-height: 1.45; text-align: justify;
          text-align-last: center; hyphens: auto; }
        figcaption b { font-weight: 600; padding-right: .2em; }
        figure.table figcaption { margin: 0 0 .65em; }
        .missing { padding: 2.4em 0; margin: 0; text-align: center; color: var(--soft); font-style: italic;
          border: 1px dashed var(--hair); }
        .scroll { overflow-x: auto; }
        main table, main table.finml-table { font: inherit; font-size: .86rem; line-height: 1.36; margin: 0 auto;
          border-collapse: collapse; font-variant-numeric: lining-nums tabular-nums; border: 0;
          border-top: 1.6px solid var(--rule); border-bottom: 1.6px solid var(--rule); }
        main table th, main table td, main table.finml-table th, main table.finml-table td { padding: .3em .75em;
          text-align: left; vertical-align: baseline; border: 0; background: none; }
        main table thead tr:last-child th, main table.finml-table thead tr:last-child th { font-weight: 600;
          border-bottom: .9px solid var(--rule); }
        main table.finml-table .finml-right { text-align: right; }
        main table.finml-table .finml-center { text-align: center; }
        main table.finml-table tbody tr:last-child td { border-bottom: 0; }
        main table.finml-table tfoot td { padding-top: .45em; font-size: .8rem; border-top: .9px solid var(--rule); }
        main table.finml-table tfoot tr + tr td { border-top: 0; padding-top: 0; }

        .claim { color: inherit; white-space: nowrap; font-variant-numeric: lining-nums;
          border-bottom: 1px dotted var(--soft); }
        .claim:hover { text-decoration: none; border-bottom-style: solid; }
        .claim sup { font-size: .62em; padding-left: .12em; }
        .claim.reproduced sup { color: var(--good); } .claim.differs sup { color: var(--bad); }
        .claim.open sup { color: var(--open); }
        .badge svg { vertical-align: -.3em; }
        main table.claims { width: 100%; font-size: .8rem; }
        main table.claims td { padding: .48em .55em; border-top: .6px solid var(--hair); vertical-align: top; }
        main table.claims tbody tr:first-child td, main table.claims tr.reason td { border-top: 0; }
        main table.claims .n { text-align: right; white-space: nowrap; }
        main table.claims .n:nth-child(2) { white-space: normal; }
        main table.claims th:first-child, main table.claims td:first-child { padding-left: 0; }
        main table.claims th:last-child, main table.claims td:last-child { padding-right: 0; }
        main table.claims svg { display: block; height: 17px; width: auto; margin-top: .1em; }
        main table.claims tr.reason td { padding: 0 0 .7em; color: var(--soft); font-style: italic; }
        main table.claims tr.reason b { font-weight: 600; }
        tr:target td { background: color-mix(in srgb, var(--accent) 9%, transparent) !important; }
        .source { color: var(--soft); } .se { color: var(--soft); }

        .references ul { list-style: none; padding: 0; margin: 0; font-size: .89rem; line-height: 1.42; }
        .references li { padding-left: 1.7em; text-indent: -1.7em; margin: 0 0 .55em; overflow-wrap: break-word; }
        .footnotes { font-size: .86rem; margin-top: 2.6em; line-height: 1.45; }
        .footnotes hr { margin: 0 75% .8em 0; }
        .footnote-ref sup { font-size: .66em; padding-left: .06em; }
        footer { margin-top: 3.2rem; padding-top: .9rem; border-top: .6px solid var(--hair); color: var(--soft);
          font-size: .78rem; line-height: 1.45; }
        footer p { text-align: left; hyphens: none; overflow-wrap: anywhere; }
        @media (max-width: 40rem) {
          body { font-size: 17px; }
          article { padding-top: 2rem; }
          .abstract { margin-inline: 0; }
          p { text-align: left; }
        }

        @page { size: A4; margin: 25mm 27mm 27mm;
          @bottom-center { content: counter(page); font: 9.5pt "Source Serif 4", Charter, Georgia, "Liberation Serif",
            "Times New Roman", serif; } }
        @media print {
          :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #000; --hair: #bbb; --accent: #000;
            --good: #1a7f37; --bad: #b35900; --open: #656d76; }
          body { font-size: 10.8pt; line-height: 1.42; background: none; }
          article { max-width: none; padding: 0; }
          header { margin-bottom: 1.6rem; } .abstract { margin: 0 2.2rem 1.6rem; }
          h1 { font-size: 19pt; } h2 { font-size: 13pt; margin-top: 1.7em; } h3 { font-size: 11.4pt; }
          h2, h3, h4 { break-after: avoid; }
          p { orphans: 3; widows: 3; margin-bottom: .6em; }
          figure, tr, .equation, .references li { break-inside: avoid; }
          figure > svg, figure > img { max-height: 92mm; } /* two to a page, whatever their shape */
          figure { margin: 1.3em 0 1.4em; }
          thead { display: table-header-group; }
          .scroll, .equation { overflow: visible; }
          .claim { border-bottom: 0; }
          main table, main table.finml-table { font-size: 8.8pt; } main table.claims { font-size: 8.2pt; }
          footer { margin-top: 1.4rem; break-before: avoid; }
          figcaption { font-size: 9.4pt; } .abstract { font-size: 9.8pt; } footer { font-size: 8.2pt; }
          .references ul { font-size: 9.2pt; line-height: 1.36; }
        }
        """;
}
