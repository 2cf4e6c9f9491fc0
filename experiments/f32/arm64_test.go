package f32

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// fused matches the fused multiply-adds of arm64, those in float64 too.
var fused = regexp.MustCompile(`\bFN?M(ADD|SUB)[SD]\b`)

// goTool runs the go command for arm64 with the given arguments.
func goTool(t *testing.T, args ...string) []byte {
	t.Helper()
	if testing.Short() {
		t.Skip("it compiles for another processor")
	}
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command: ", err)
	}
	cmd := exec.Command(tool, args...)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// A compiler for arm64 fuses a*b + c where the source lets it, and so would
// give other bits than one for amd64.
func TestNothingIsFusedOnARM64(t *testing.T) {
	for _, dir := range []string{".", "../nn", "../activations", "../batchnorm", "../data", "../digits", "../hyperparameters", "../optimizers",
		"../overfitting", "../../deckgen/lab"} {
		if sources, _ := filepath.Glob(filepath.Join(dir, "*.go")); len(sources) == 0 {
			t.Logf("%s is not there", dir)
			continue
		}
		asm := goTool(t, "build", "-o", os.DevNull, "-gcflags=-S", dir)
		if !bytes.Contains(asm, []byte(" STEXT ")) {
			t.Errorf("%s: the compiler lists nothing", dir)
		}
		for _, line := range bytes.Split(asm, []byte("\n")) {
			if fused.Match(line) {
				t.Errorf("%s: fused: %s", dir, line)
			}
		}
	}
}

// The bits of this package, of a small training and of the figures are on arm64
// those that amd64 has.
func TestTheTestsPassOnARM64(t *testing.T) {
	qemu, err := exec.LookPath("qemu-aarch64")
	switch {
	case runtime.GOARCH == "arm64":
		t.Skip("this is arm64")
	case err != nil:
		t.Skip("qemu-aarch64, an emulator of arm64, is not installed: ", err)
	}
	for dir, tests := range map[string]string{
		".":     "FMA|Accurate|Chains|Digest|Small|NextBlock|Vectors|Memory",
		"../nn": "SameBits|KernelsAreTheLoops",

		"../../deckgen/figure": "Golden",
	} {
		binary := filepath.Join(t.TempDir(), "arm64.test")
		goTool(t, "test", "-c", "-o", binary, dir)
		cmd := exec.Command(qemu, binary, "-test.short", "-test.v", "-test.run="+tests)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("--- PASS")) {
			t.Errorf("%s on arm64: %v\n%s", dir, err, out)
		}
	}
}
