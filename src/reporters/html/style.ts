// How the page looks: on a screen by day and by night, and on paper.

export const STYLE = `
:root{color-scheme:light dark;--back:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--panel:#f6f8fa;--link:#0550ae;
--bad:#a40e26;--bad-back:#ffebe9;--warn:#7a4b00;--warn-back:#fff5d6;--good:#116329;--good-back:#dafbe1;--open:#4b5563;--open-back:#eaeef2}
@media (prefers-color-scheme:dark){:root{--back:#0d1117;--text:#e6edf3;--soft:#a3adb8;--line:#3a424c;--panel:#161b22;--link:#79b8ff;
--bad:#ff9b93;--bad-back:#4a1316;--warn:#f2cc60;--warn-back:#3d2e00;--good:#7ee787;--good-back:#0f3a1d;--open:#c3ccd6;--open-back:#2a313a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:100rem;padding:1rem 1.5rem 3rem;background:var(--back);color:var(--text);font:15px/1.45 system-ui,sans-serif}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.15rem;margin:1.8rem 0 .6rem}h3{font-size:1rem;margin:0 0 .4rem}
a{color:var(--link)}
code,.code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.soft{color:var(--soft)}
[hidden]{display:none!important}
.decision{border:1px solid var(--line);border-left:.6rem solid var(--good);border-radius:6px;padding:.7rem 1rem;background:var(--panel)}
.decision.fail{border-left-color:var(--bad)}
.decision p{margin:.2rem 0}
.counts{display:flex;flex-wrap:wrap;gap:.5rem 1.6rem;margin:.6rem 0 0;padding:0;list-style:none}
.counts b{font-size:1.25rem;margin-right:.25rem}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:.6rem 0;border:0;padding:0}
.filters label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft)}
.filters label.line{flex-direction:row;gap:.4rem;align-items:center;padding-bottom:.35rem}
input,select,button{font:inherit;color:inherit;background:var(--back);border:1px solid var(--soft);border-radius:5px;padding:.25rem .5rem}
select{max-width:15rem}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:1px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;table-layout:fixed;width:100%;min-width:68rem}
th:nth-child(1){width:23%}th:nth-child(2){width:20%}th:nth-child(3){width:13%}th:nth-child(4){width:15%}th:nth-child(5){width:8%}th:nth-child(6){width:10.5%}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line)}
thead th{background:var(--panel);position:sticky;top:0;white-space:nowrap}
thead button{border:0;background:none;padding:0;font-weight:600}
thead button::after{content:' ↕' / '';color:var(--soft)}
th[aria-sort=ascending] button::after{content:' ↑' / ''}th[aria-sort=descending] button::after{content:' ↓' / ''}
tbody th{font-weight:400}td{overflow-wrap:anywhere}
tbody th button{display:flex;gap:.4rem;border:0;background:none;padding:0;text-align:left;color:var(--link)}
tbody th button::before{content:'▸' / '';color:var(--soft)}
tbody th button[aria-expanded=true]::before{content:'▾' / ''}
tbody:target>tr:first-child>*,tbody.here>tr:first-child>*{box-shadow:inset 0 2px var(--link)}
td .why{display:block;font-size:.88rem;overflow-wrap:anywhere;max-width:26rem}
.why.cut{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.mark{display:inline-block;border-radius:1rem;padding:0 .55rem;font-size:.85rem;font-weight:600;white-space:nowrap}
.bad{color:var(--bad);background:var(--bad-back)}.warn{color:var(--warn);background:var(--warn-back)}
.good{color:var(--good);background:var(--good-back)}.open{color:var(--open);background:var(--open-back)}
.detail h3{margin-top:.8rem}.box h3{margin-top:0}
.detail>td{background:var(--panel);padding:1rem}
.picture .why{display:block}
.picture{display:grid;grid-template-columns:minmax(0,1fr) 2.5rem minmax(0,.7fr) 2.5rem minmax(0,1.3fr);align-items:start;margin-bottom:1rem}
.box{border:1px solid var(--line);border-radius:6px;background:var(--back);padding:.7rem;min-width:0}
.box.self{border:2px solid var(--link)}
.arrow{align-self:center;text-align:center;font-size:1.6rem;color:var(--soft)}
.box ul,.plain{margin:0;padding:0;list-style:none}
.box li,.plain li{padding:.35rem 0;border-top:1px solid var(--line);overflow-wrap:anywhere}
.box li:first-child,.plain li:first-child{border-top:0}
.changes li{padding:.2rem 0;border:0}.changes .mark{min-width:1.7rem;text-align:center}
h4{font-size:.95rem;margin:.6rem 0 .2rem}details.box{margin:.5rem 0}summary{cursor:pointer}
.sub{display:block;font-size:.85rem;color:var(--soft);overflow-wrap:anywhere}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:1rem;margin-bottom:1rem;align-items:start}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.2rem .8rem;margin:0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.time{display:grid;grid-template-columns:minmax(0,14rem) minmax(6rem,1fr) max-content;gap:.35rem .8rem;align-items:center}
.time svg{width:100%;height:1rem;display:block}
.axis{stroke:var(--line)}.bar{fill:var(--good)}.bar.none{fill:var(--bad)}.bar.unknown{fill:var(--soft)}.bar.over{fill:var(--bad)}.bar.label{fill:var(--warn)}.tick{stroke:var(--back);stroke-width:.6}
.finding{border:1px solid var(--line);border-left:.4rem solid var(--soft);border-radius:6px;background:var(--back);padding:.6rem .8rem;margin:.5rem 0}
.apart section{content-visibility:auto;contain-intrinsic-size:auto 20rem}
.finding.error{border-left-color:var(--bad)}.finding.warning{border-left-color:var(--warn)}
.finding p{margin:.25rem 0;overflow-wrap:anywhere}
.scripted .apart{display:none}
@media (max-width:60rem){.picture{grid-template-columns:minmax(0,1fr)}.arrow{transform:rotate(90deg)}}
.detail>td>*{position:sticky;left:1rem;max-width:calc(100vw - 5rem)}
@media print{:root{font-size:8.5pt}table{min-width:0;font-size:inherit}th,td{padding:.3rem}td .why{font-size:1em}[data-part=more]{display:none}:root{color-scheme:light}body{padding:0;max-width:none;font-size:1rem}.filters,.arrow{display:none}.scroll{overflow:visible}
thead th{position:static}thead button::after,tbody th button::before{content:''}tr,.finding,.box{break-inside:avoid}.apart section{content-visibility:visible}
.why.cut{display:block}.scripted .apart{display:block}.picture{grid-template-columns:repeat(3,minmax(0,1fr));gap:.5rem}.detail>td>*{position:static;max-width:none}.mark{border:1px solid}}
`;
