package tex

import (
	"strings"
	"sync"

	"deckgen/deckgen/internal/near"
)

// greek are names that are often written without their backslash, in a formula where that makes a product of letters.
const greek = `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda sigma varsigma upsilon varphi omega
	Gamma Delta Theta Lambda Sigma Upsilon Omega nabla infty`

// taking are commands with the number of arguments that they cannot do without.
var taking = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for n, names := range map[int]string{
		1: `sqrt hat bar vec dot ddot tilde check breve acute grave widehat widetilde overline underline overbrace underbrace
			overrightarrow overleftarrow underrightarrow underleftarrow boldsymbol bm pmb mathbf mathrm mathit mathsf mathtt mathcal
			mathbb mathfrak mathscr mathnormal text textbf textit textrm texttt textsf textnormal mbox operatorname substack pmod
			pod phantom hphantom vphantom smash boxed cancel bcancel xcancel xrightarrow xleftarrow mathop mathrel mathbin
			mathord mathopen mathclose mathpunct mathinner overleftrightarrow`,
		2: `frac dfrac tfrac cfrac binom dbinom tbinom overset underset stackrel textcolor href`,
	} {
		for name := range strings.FieldsSeq(names) {
			m[name] = n
		}
	}
	return m
})

// words are commands whose first argument is text, a name or a color, and no formula.
var words = setOf(`text textbf textit textrm texttt textsf textnormal textup textmd mbox hbox fbox operatorname label ref eqref tag notag color
	textcolor colorbox fcolorbox href url class cssId style htmlClass htmlId htmlStyle htmlData bbox require unicode hspace vspace mspace
	kern mkern hskip mskip ce pu`)

// fonts are commands in whose argument letters may be a word.
var fonts = setOf(`mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal boldsymbol bm`)

// matrices are commands of plain TeX whose argument has columns.
var matrices = setOf(`matrix pmatrix bmatrix vmatrix Vmatrix cases eqalign eqalignno leqalignno displaylines array`)

// environments are those of MathJax and KaTeX.
var environments = setOf(`align align* aligned alignat alignat* alignedat array Bmatrix Bmatrix* bmatrix bmatrix* bsmallmatrix bsmallmatrix*
	Bsmallmatrix Bsmallmatrix* cases cases* numcases subnumcases crampedsubarray darray dcases dcases* drcases drcases* empheq eqnarray eqnarray* equation
	equation* flalign flalign* gather gather* gathered indentalign lgathered rgathered matrix matrix* multline multline* multlined
	pmatrix pmatrix* prooftree psmallmatrix psmallmatrix* rcases rcases* smallmatrix smallmatrix* spreadlines split subarray
	math displaymath vmatrix vmatrix* Vmatrix Vmatrix* vsmallmatrix vsmallmatrix* Vsmallmatrix Vsmallmatrix* xalignat xalignat* xxalignat CD`)

// commands are those that MathJax or KaTeX know, as far as another one may be taken for one of them.
const commands = greek + ` phi psi pi rho tau chi mu nu xi varpi varrho digamma varkappa Xi Pi Phi Psi varGamma varDelta varTheta varLambda
	varXi varPi varSigma varUpsilon varPhi varPsi varOmega aleph beth gimel daleth hbar hslash ell wp Re Im imath jmath partial
	emptyset varnothing forall exists nexists neg lnot top bot angle measuredangle sphericalangle triangle triangledown square blacksquare Box Diamond lozenge
	blacklozenge bigstar clubsuit diamondsuit heartsuit spadesuit flat natural sharp surd prime backprime complement eth mho
	diagup diagdown circledS circledR yen checkmark maltese
	pm mp times div ast star circ bullet cdot cap cup uplus sqcap sqcup vee wedge land lor setminus smallsetminus wr diamond
	bigtriangleup bigtriangledown triangleleft triangleright lhd rhd unlhd unrhd oplus ominus otimes oslash odot bigcirc dagger ddagger
	amalg dotplus ltimes rtimes Cap Cup doublecap doublecup barwedge veebar doublebarwedge boxminus boxtimes boxdot boxplus divideontimes
	leftthreetimes rightthreetimes curlywedge curlyvee circleddash circledast circledcirc centerdot intercal
	leq geq le ge ll gg lll ggg llless gggtr neq ne equiv sim simeq approx approxeq cong propto varpropto asymp doteq prec succ preceq succeq
	subset supset subseteq supseteq sqsubset sqsupset sqsubseteq sqsupseteq in ni notin owns mid nmid parallel nparallel perp
	vdash dashv models smile frown bowtie Join leqq geqq leqslant geqslant eqslantless eqslantgtr lesssim gtrsim lessapprox
	gtrapprox lessdot gtrdot lessgtr gtrless lesseqgtr gtreqless lesseqqgtr gtreqqless doteqdot Doteq risingdotseq fallingdotseq eqcirc circeq
	triangleq backsim backsimeq subseteqq supseteqq Subset Supset preccurlyeq succcurlyeq curlyeqprec curlyeqsucc precsim
	succsim precapprox succapprox vartriangleleft vartriangleright trianglelefteq trianglerighteq vDash Vdash Vvdash smallsmile smallfrown
	shortmid shortparallel bumpeq Bumpeq between pitchfork therefore because backepsilon thicksim thickapprox blacktriangleleft blacktriangleright
	blacktriangle blacktriangledown vartriangle nless ngtr nleq ngeq nleqq ngeqq nleqslant ngeqslant lneq gneq lneqq gneqq lvertneqq gvertneqq
	lnsim gnsim lnapprox gnapprox nprec nsucc npreceq nsucceq precneqq succneqq precnsim succnsim precnapprox succnapprox nsim ncong
	nshortmid nshortparallel nvdash nvDash nVdash nVDash ntriangleleft ntriangleright ntrianglelefteq ntrianglerighteq nsubseteq
	nsupseteq nsubseteqq nsupseteqq subsetneq supsetneq varsubsetneq varsupsetneq subsetneqq supsetneqq varsubsetneqq varsupsetneqq
	leftarrow rightarrow to gets leftrightarrow Leftarrow Rightarrow Leftrightarrow iff implies impliedby mapsto longmapsto
	longleftarrow longrightarrow longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow hookleftarrow hookrightarrow leftharpoonup
	rightharpoonup leftharpoondown rightharpoondown rightleftharpoons leftrightharpoons uparrow downarrow updownarrow Uparrow
	Downarrow Updownarrow nearrow searrow swarrow nwarrow leadsto dashleftarrow dashrightarrow leftleftarrows rightrightarrows leftrightarrows
	rightleftarrows Lleftarrow Rrightarrow twoheadleftarrow twoheadrightarrow leftarrowtail rightarrowtail looparrowleft looparrowright
	curvearrowleft curvearrowright circlearrowleft circlearrowright Lsh Rsh upuparrows downdownarrows upharpoonleft upharpoonright
	downharpoonleft downharpoonright restriction multimap leftrightsquigarrow rightsquigarrow nleftarrow nrightarrow nLeftarrow nRightarrow
	nleftrightarrow nLeftrightarrow
	sum prod coprod int iint iiint iiiint oint oiint oiiint idotsint intop smallint bigcap bigcup bigsqcup bigvee bigwedge bigodot bigotimes bigoplus biguplus
	arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim liminf limsup ln log max min Pr projlim sec
	sin sinh sup tan tanh varinjlim varprojlim varliminf varlimsup   
	frac dfrac tfrac cfrac genfrac binom dbinom tbinom over above atop choose brace brack sqrt root of stackrel overset underset
	overbrace underbrace overbracket underbracket overparen underparen overline underline overleftarrow overrightarrow overleftrightarrow
	underleftarrow underrightarrow underleftrightarrow widehat widetilde widecheck utilde hat bar vec dot ddot dddot ddddot tilde check breve
	acute grave mathring overarc xleftarrow xrightarrow xleftrightarrow xLeftarrow xRightarrow xLeftrightarrow xhookleftarrow xhookrightarrow
	xmapsto xlongequal xrightleftharpoons xleftrightharpoons xtwoheadleftarrow xtwoheadrightarrow xtofrom
	left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm biggm Biggm
	langle rangle lbrace rbrace lbrack rbrack lceil rceil lfloor rfloor lvert rvert lVert rVert vert Vert lgroup rgroup lmoustache
	rmoustache ulcorner urcorner llcorner lrcorner backslash lparen rparen
	mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak mathscr mathnormal boldsymbol pmb bold symbf symbfit symit symrm mathbfit mathbfcal mathbffrak mathbfscr mathbfsf mathsfit
	mathup Bbb frak cal rm bf sf tt text textbf textit textrm texttt textsf textnormal textup textmd textcolor mbox hbox fbox boxed framebox operatorname
	operatornamewithlimits DeclareMathOperator emph
	displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits
	tiny scriptsize small normalsize large Large LARGE huge Huge footnotesize Tiny
	quad qquad enspace thinspace medspace thickspace negthinspace negmedspace negthickspace hspace vspace hskip mskip kern mkern mspace hfill hfil
	nobreakspace space phantom hphantom vphantom mathstrut strut smash llap rlap clap mathllap mathrlap mathclap raise lower raisebox rule
	ldots cdots vdots ddots iddots adots dots dotsb dotsc dotsi dotsm dotso hdots hdotsfor colon
	not mod bmod pmod pod sideset prescript substack cancel bcancel xcancel cancelto sout enclose
	color colorbox fcolorbox definecolor href url class cssId style bbox label ref eqref tag notag nonumber unicode
	htmlClass htmlId htmlStyle htmlData includegraphics
	begin end hline hdashline cline multicolumn arraystretch cr newline displaybreak allowbreak nobreak intertext shortintertext
	newcommand renewcommand providecommand newenvironment renewenvironment def let gdef edef xdef global long futurelet relax require verb char
	mathop mathrel mathbin mathord mathopen mathclose mathpunct mathinner mathchoice mathpalette vcenter
	bra ket braket Bra Ket Braket ketbra set Set dd eval order comm acomm pb grad div curl laplacian vu vdot cross trace  
	   principalvalue expval ev mel matrixel innerproduct outerproduct dyad
	degree ohm micro perthousand celsius pounds euro copyright dag ddag S P sect
	infin infty H real cnums image weierp isin exist empty sub sube supe plusmn sdot thetasym bull hearts clubs diamonds spades
	alef alefsym lang rang larr rarr harr uarr darr Larr Rarr Harr Uarr Darr lrarr lArr rArr hArr uArr dArr
	coloneqq eqqcolon Coloneqq Eqqcolon coloneq eqcolon Coloneq Eqcolon colonapprox Colonapprox colonsim Colonsim dblcolon ratio vcentcolon ordinarycolon
	eqqcolon eqcolon minuso lt gt lq rq ce pu TeX LaTeX KaTeX cases matrix pmatrix bmatrix eqalign displaylines iff bordermatrix
	             omicron ii jj ij aa AA ae AE oe OE ss ol llbracket rrbracket lBrace rBrace
	Lbrack Rbrack moveleft moveright skew buildrel overunderset undergroup overgroup overlinesegment underlinesegment
	Overrightarrow overleftharpoon overrightharpoon angl angln phase underbar Newextarrow mmlToken mathtip toggle texttip shoveleft shoveright
	lefteqn null newcount hfilneg nulldelimiterspace hidewidth empheqlbrace uproot leftroot flatfrac
	Ketbra xrightharpoondown xleftharpoondown xrightharpoonup xleftharpoonup Aboxed nuparrow ndownarrow bigtimes xmathstrut vnabla asin sech csch arccot
	Trace sine arcsine cosine tangent qand imat xmatrix textmu textpm Rule Space ldotp cdotp imageof xrightleftarrows cotg ctg cth sh ch th bgroup egroup
	notni dotsx tmspace Dagger lrArr Lrarr pink gray`

var (
	known   = setOf(commands)
	missing = setOf(greek)
)

func setOf(names string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for name := range strings.FieldsSeq(names) {
			m[name] = true
		}
		return m
	})
}

// elsewhere says what to write for a command that many know from a package of LaTeX, and whether KaTeX does not know it either.
func elsewhere(name string) (write string, both bool) {
	switch name {
	case "argmin", "argmax":
		return `\operatorname*{arg\,` + name[3:] + "}", false
	case "N", "R", "Z":
		return `\mathbb{` + name + "}", false
	case "Q", "C", "E":
		return `\mathbb{` + name + "}", true
	case "mathds", "mathbbm":
		return `\mathbb`, true
	case "bm":
		return `\boldsymbol`, false
	case "norm":
		return `\lVert … \rVert`, true
	case "abs":
		return `\lvert … \rvert`, true
	case "dv", "pdv":
		return `\frac{…}{…}`, true
	case "diag", "sgn", "sign", "tr", "Tr", "rank", "softmax", "ReLU", "Var", "Cov", "KL":
		return `\operatorname{` + name + "}", true
	case "Alpha", "Beta", "Epsilon", "Zeta", "Eta", "Iota", "Kappa", "Mu", "Nu", "Omicron", "Rho", "Tau", "Chi":
		return `\mathrm and the Latin letter that looks the same`, false
	}
	return "", false
}

// spelling finds a command that nobody knows: one of a package of LaTeX, or one whose name is nearly known.
func (s *scanner) spelling(start int, name string) {
	slips := len(s.slips)
	switch write, both := elsewhere(name); {
	case write != "" && (both || !s.macros.KaTeX):
		s.slip(start, "write "+write, `%s knows no command \%s`, s.macros.engine(), name)
	case write == "" && len(name) >= 3 && !known()[name] && !environments()[name]:
		if hint := slipOf(name); hint != "" {
			s.slip(start, hint, `there is no command \%s`, name)
		}
	}
	for i := range s.slips[slips:] {
		s.slips[slips+i].Command = name
	}
}

// slipOf says what a misspelt command was meant to be, or "".
func slipOf(name string) string {
	for cut := len(name) - 1; cut >= max(3, len(name)-2); cut-- {
		if known()[name[:cut]] {
			return `write \` + name[:cut] + " " + name[cut:] + ", with a blank"
		}
	}
	for k := range strings.FieldsSeq(commands) {
		if len(k) > 3 && near.Edits(name, k) == 1 {
			return `did you mean \` + k + "?"
		}
	}
	return ""
}
