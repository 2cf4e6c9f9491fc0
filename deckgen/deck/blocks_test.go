package deck

import "testing"

func TestBlocks(t *testing.T) {
	d := Parse("a.md", []byte("# A $x$\n\n| 表 | $y$ |\n|--|--|\n| ![$no$](a.png) | b |\n\n---\n\n> ```go\n> f()\n> ```\n\n    indented\n\n日本 $z$\n\n$$\nw\n$$\n"))
	type block struct {
		kind             BlockKind
		slide, line, col int
	}
	want := []block{{Formula, 1, 1, 5}, {TableBlock, 1, 3, 1}, {Formula, 1, 3, 7}, {CodeBlock, 2, 9, 3}, {CodeBlock, 2, 13, 5}, {Formula, 2, 15, 4}, {Formula, 2, 17, 1}}
	if len(d.Blocks) != len(want) {
		t.Fatalf("%d blocks, want %d: %v", len(d.Blocks), len(want), d.Blocks)
	}
	for i, k := range d.Blocks {
		if got := (block{k.Kind, k.Slide, k.Line, k.Col}); got != want[i] {
			t.Errorf("block %d is %v, want %v", i, got, want[i])
		}
	}
	if on := d.BlocksOn(2, Formula); len(on) != 2 || on[1].Line != 17 {
		t.Errorf("the formulas of slide 2 are %v", on)
	}
}
