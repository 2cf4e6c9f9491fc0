package optimizers

import (
	"math"
	"reflect"
	"testing"

	"deckgen/deckgen/lab"
	"deckgen/experiments/f32"
	"deckgen/experiments/nn"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s is %g, want %g", what, got, want)
	}
}

func TestValleySlopeAgainstCentralDifferences(t *testing.T) {
	const h = 1e-5
	for _, p := range []start{{-7, 2}, {3, -0.5}, {0, 0}} {
		dx, dy := valleySlope(p.X, p.Y)
		near(t, "∂f/∂x", dx, (valley(p.X+h, p.Y)-valley(p.X-h, p.Y))/(2*h), 1e-8)
		near(t, "∂f/∂y", dy, (valley(p.X, p.Y+h)-valley(p.X, p.Y-h))/(2*h), 1e-8)
	}
}

func TestAngleAtTheStart(t *testing.T) {
	r, err := start{X: -7, Y: 2}.run(lab.Input{})
	if err != nil {
		t.Fatal(err)
	}
	// Between (0.7, −4) and (7, −2): the difference of their directions.
	near(t, "angle", r.Values["start/angle"].Mean, (math.Atan2(4, 0.7)-math.Atan2(2, 7))*180/math.Pi, 1e-9)
	near(t, "ratio of the curvatures", r.Values["curvature_ratio"].Mean, 20, 1e-9)
}

// SGD multiplies x by 1 − η/10 and y by 1 − 2η in each step.
func TestSGDTakesTheKnownWay(t *testing.T) {
	p := paths{Start: start{-7, 2}, Steps: 30, SGD: nn.SGD{LR: 0.95}}
	w := p.follow(&p.SGD)
	if len(w.x) != 31 {
		t.Fatalf("%d points for 30 steps", len(w.x))
	}
	for i := range w.x {
		near(t, "x", w.x[i], -7*math.Pow(1-0.095, float64(i)), 1e-5)
		near(t, "y", w.y[i], 2*math.Pow(1-1.9, float64(i)), 1e-5)
	}
	near(t, "turns", w.turns(), 29, 0)
	near(t, "distance", w.distance(), math.Hypot(7*math.Pow(0.905, 30), 2*math.Pow(0.9, 30)), 1e-5)
}

func TestWayIsMeasured(t *testing.T) {
	w := way{x: []float64{0, 3, 3, 3, 3}, y: []float64{0, 4, 3, 5, 6}}
	near(t, "length", w.length(), 9, 0)
	near(t, "turns", w.turns(), 2, 0)
	near(t, "distance", w.distance(), math.Hypot(3, 6), 1e-12)
}

func TestRunDependsOnNeitherWorkersNorInstructions(t *testing.T) {
	defer f32.Use(f32.Using())
	p := theTraining
	p.Steps, p.Batch, p.Sizes = 10, 16, []int{784, 12, 10}
	var first *lab.Result
	for _, set := range f32.Available() {
		if err := f32.Use(set); err != nil {
			t.Fatal(err)
		}
		for _, n := range []int{1, 2} {
			workers := make(chan struct{}, n)
			for range n {
				workers <- struct{}{}
			}
			r, err := p.run(lab.Input{Experiment: "optimizers/training", Seeds: []uint64{1, 2}, Workers: workers})
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = r
			}
			if !reflect.DeepEqual(r, first) {
				t.Errorf("%d workers with %s find another result than one with %s", n, set, f32.Available()[0])
			}
		}
	}
	if v := first.Values["adam/final_loss"]; v.N != 2 || v.Lo == v.Hi {
		t.Errorf("two seeds give %+v", v)
	}
}

func TestStepsToTheTarget(t *testing.T) {
	l := learnt{Losses: make([]float64, 100)}
	for i := range l.Losses {
		l.Losses[i] = 1 - float64(i)/100
	}
	near(t, "steps", l.stepsTo(0.5), 80, 0) // the block from step 41 to 60 has mean 0.505, the next 0.305
	near(t, "steps to what is never reached", l.stepsTo(0), 100, 0)
}
