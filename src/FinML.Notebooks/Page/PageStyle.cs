namespace FinML.Notebooks;

/// <summary>The page's style sheet: one column to read, light and dark by the reader's setting, and print.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark; --finml-rule: var(--rule); --finml-stripe: var(--stripe);
          --paper: #ffffff; --ink: #1c2128; --soft: #5b6470; --rule: #dde1e6; --panel: #f6f8fa;
          --stripe: #f8f9fb;
          --accent: #0b5fae; --bad: #a3231f; --bad-panel: #fdf1f0;
          --keyword: #8431a6; --string: #1a6b35; --number: #a0480a; --comment: #6a737d; --type: #0b6a80;
          --call: #2353ad;
        }
        @media (prefers-color-scheme: dark) { :root {
          --paper: #0d1117; --ink: #d9dee5; --soft: #929ba8; --rule: #2e343d; --panel: #151b23;
          --stripe: #12171e;
          --accent: #6cb2f2; --bad: #ff8f87; --bad-panel: #2c1a1b;
          --keyword: #cf9be8; --string: #8fd0a0; --number: #f0b07a; --comment: #8a939f; --type: #78cbdc;
          --call: #8fb6f8;
        } }
        * { box-sizing: border-box; }
        html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 16.5px/1.62 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
          -webkit-text-size-adjust: 100%;
        }
        .page { display: grid; grid-template: "title" "aside" "main" / minmax(0, 1fr); max-width: 66rem;
          margin: 0 auto; padding: 2.2rem 1.4rem 4rem; }
        header { grid-area: title; } aside { grid-area: aside; } main { grid-area: main; min-width: 0; }
        .prose > :is(p, ul, ol, dl, blockquote, .math, div.math) { max-width: 47rem; }
        a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
        h1, h2, h3, h4 { line-height: 1.25; font-weight: 650; letter-spacing: -.012em; margin: 2.1em 0 .6em; }
        h1 { font-size: 2.05rem; margin-top: 0; letter-spacing: -.022em; }
        h2 { font-size: 1.42rem; padding-top: .9em; border-top: 1px solid var(--rule); }
        h3 { font-size: 1.14rem; }
        h4 { font-size: 1rem; }
        p, ul, ol, dl, blockquote { margin: .8em 0; }
        blockquote { margin-inline: 0; padding: .1em 1.1em; border-left: 3px solid var(--rule); color: var(--soft); }
        hr { border: 0; border-top: 1px solid var(--rule); margin: 2em 0; }
        img, svg { max-width: 100%; height: auto; }
        code, pre, .stamp { font-family: ui-monospace, SFMono-Regular, "Cascadia Code", Menlo, Consolas,
          "DejaVu Sans Mono", monospace; }
        :not(pre) > code { font-size: .875em; background: var(--panel); border-radius: 4px; padding: .12em .34em; }
        code.tex { background: none; padding: 0; }
        math { font-size: 1.06em;
          font-family: "STIX Two Math", "Cambria Math", "Latin Modern Math", "DejaVu Math TeX Gyre", math; }
        .math { overflow-x: auto; margin: 1.1em 0; }
        pre { margin: 0; font-size: .81rem; line-height: 1.55; tab-size: 4; overflow-x: auto; }

        nav { font-size: .86rem; line-height: 1.4; }
        nav summary { color: var(--soft); cursor: pointer; }
        nav ol { list-style: none; margin: .5em 0 0; padding: 0; }
        nav li { margin: .34em 0; }
        nav .l3 { padding-left: 1em; }
        nav a { color: var(--soft); text-decoration: none; }
        nav a:hover { color: var(--accent); text-decoration: underline; }
        .switch { display: inline-flex; gap: .45em; align-items: center; color: var(--soft); font-size: .84rem;
          cursor: pointer; margin: 0 0 .9em; }
        .switch input { accent-color: var(--accent); margin: 0; }
        @media (min-width: 80rem) {
          .page { grid-template: "aside title" auto "aside main" 1fr / 12rem minmax(0, 64rem); column-gap: 3rem;
            max-width: 82rem; }
          aside { position: sticky; top: 2.2rem; align-self: start; max-height: calc(100vh - 4rem); overflow-y: auto; }
          nav summary { list-style: none; font-weight: 600; color: var(--ink); cursor: default; pointer-events: none; }
          nav summary::-webkit-details-marker { display: none; }
        }
        aside { margin-bottom: 1.6rem; }

        .cell { margin: 1.15em 0; }
        details.code { border: 1px solid var(--rule); border-radius: 7px; background: var(--panel); }
        details.code > summary { display: flex; justify-content: space-between; gap: 1em; cursor: pointer;
          list-style: none; padding: .3em .85em; color: var(--soft); font-size: .735rem; user-select: none; }
        details.code > summary::-webkit-details-marker { display: none; }
        details.code > summary::before { content: "\25B8"; display: inline-block; width: 1.1em;
          transition: transform .12s; }
        details.code[open] > summary::before { transform: rotate(90deg); transform-origin: 34% 52%; }
        details.code > summary .what { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis;
          white-space: nowrap; }
        details.code[open] > summary .first { visibility: hidden; }
        details.code > pre { padding: .15em .95em .8em; }
        body:has(#hide-code:checked) details.code { display: none; }
        .k { color: var(--keyword); } .s { color: var(--string); } .n { color: var(--number); }
        .c { color: var(--comment); font-style: italic; } .t { color: var(--type); } .f { color: var(--call); }
        .p { color: var(--comment); }

        .output { margin: .75em 0 0; overflow-x: auto; }
        .stream, .plain { padding: .1em .95em; }
        .stream { white-space: pre-wrap; overflow-wrap: anywhere; }
        .stderr { border-left: 3px solid var(--bad); }
        figure { margin: 1em 0 0; }
        figure svg { display: block; }
        .error { padding: .8em .95em; border: 1px solid var(--bad); border-radius: 7px; background: var(--bad-panel);
          color: var(--bad); }
        .output table:not(.finml-table), .prose table { border-collapse: collapse; margin: .7em 0; font-size: .875rem;
          line-height: 1.4; font-variant-numeric: tabular-nums; }
        th, td { padding: .36em .8em; text-align: left; border-bottom: 1px solid var(--rule); vertical-align: top; }
        th { font-weight: 600; border-bottom: 2px solid var(--rule); }
        table:not(.finml-table) tbody tr:nth-child(even) { background: var(--stripe); }
        .banner { padding: .7em 1em; border: 1px solid var(--bad); border-radius: 7px; background: var(--bad-panel);
          color: var(--bad); font-weight: 600; margin-bottom: 1.5em; }
        .stamp { margin-top: 3.5rem; padding-top: .9rem; border-top: 1px solid var(--rule); color: var(--soft);
          font-size: .715rem; line-height: 1.75; overflow-wrap: anywhere; }

        @media print {
          :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #ccc; --panel: #f7f7f7; --stripe: #fff; }
          body { font-size: 10.5pt; }
          .page { display: block; max-width: none; padding: 0; }
          aside { display: none; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; }
          details.code, figure, table, .output { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          a { color: inherit; text-decoration: none; }
        }
        """;
}
