package f32

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain prints the instruction set in use, if asked to, instead of testing.
func TestMain(m *testing.M) {
	if os.Getenv("F32_TEST_USING") != "" {
		os.Stdout.WriteString(Using())
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestEnvironmentChoosesTheInstructionSet(t *testing.T) {
	using := func(name string) (string, error) {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "F32_TEST_USING=1", "DECKGEN_SIMD="+name)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, name := range Available() {
		if got, err := using(name); err != nil || got != name {
			t.Errorf("DECKGEN_SIMD=%s: %q, %v", name, got, err)
		}
	}
	if got, err := using(""); err != nil || got != Available()[0] {
		t.Errorf("without DECKGEN_SIMD: %q, %v; want %s", got, err, Available()[0])
	}
	got, err := using("mmx")
	if err == nil || !strings.Contains(got, `DECKGEN_SIMD: f32: there is no instruction set "mmx" here, only `) {
		t.Errorf("DECKGEN_SIMD=mmx: %q, %v", got, err)
	}
}

func TestUseRefusesWhatIsNotThere(t *testing.T) {
	before := Using()
	if err := Use("mmx"); err == nil || Using() != before {
		t.Errorf("Use(mmx): %v, and %s is in use", err, Using())
	}
}

func TestKernelsAreWhatTheGeneratorWrites(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles the generator")
	}
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command: ", err)
	}
	dir := t.TempDir()
	const asm, stubs = "kernels_amd64.s", "kernels_amd64.go"
	out, err := exec.Command(tool, "run", "./gen", "-pkg", "f32",
		"-out", filepath.Join(dir, asm), "-stubs", filepath.Join(dir, stubs)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, name := range []string{asm, stubs} {
		if !bytes.Equal(afterHeader(t, filepath.Join(dir, name)), afterHeader(t, name)) {
			t.Errorf("%s is not what the generator writes: run go generate", name)
		}
	}
}

// afterHeader returns a generated file without its first line, which is the
// command that wrote it.
func afterHeader(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(text, []byte("\n"))
	return rest
}
