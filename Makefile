# make deck    regenerate every deck from nothing: run, draw, fill, check, render
# make test    pass every test, and check the decks and their slides in a Chromium, which is installed where there is none
# make build   build bin/deckgen
# make check   say what is stale, false, missing or left over; runs and changes nothing
# make bench   measure the kernels and the experiments, beside NumPy and PyTorch (BENCH=--help for more)
# make soak    the long tests: kill build at 200 random moments, and search for input that breaks (FUZZ=1m each)
# make clean   take away what can be made again (records and figures stay)

marp = node_modules/.package-lock.json

.PHONY: deck test chromium build check bench soak clean

deck: build $(marp)
	bin/deckgen build --force

test: $(marp) chromium
	go vet ./...
	@python3 -c 'import numpy, matplotlib' 2>/dev/null || /usr/bin/python3 -c 'import numpy, matplotlib' 2>/dev/null || \
	  echo 'NOT TESTED: experiments in Python, for want of NumPy or matplotlib (Debian: apt install python3-numpy python3-matplotlib)'
	go test ./...
	go run ./cmd/deckgen check --rendered

# Without the C library each start takes some milliseconds less.
build:
	CGO_ENABLED=0 go build -o bin/deckgen ./cmd/deckgen

check: build
	bin/deckgen check

bench:
	go run ./cmd/bench $(BENCH)

FUZZ = 1m

soak:
	SOAK=200 go test ./deckgen -run 'TestKill$$' -v -timeout 60m
	for f in deckgen/deck:FuzzParse deckgen/deck:FuzzFill deckgen/deck:FuzzFrontMatter deckgen/deck:FuzzFormat \
		deckgen/lab:FuzzDecode deckgen:FuzzEachChild deckgen/tex:FuzzFaults experiments/data:FuzzDecode; do \
		go test ./$${f%:*} -run XXX -fuzz "^$${f#*:}$$" -fuzztime $(FUZZ) || exit 1; done

clean:
	rm -rf bin build

# npm writes this file when it is done.
$(marp): package.json package-lock.json
	npm ci --no-fund --no-audit
	@touch $@

# What deckgen itself looks for; Debian's package where there is none and one may be installed.
chromium:
	@for b in "$$CHROME_PATH" chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge \
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; \
	do if [ -n "$$b" ] && command -v "$$b" >/dev/null; then exit 0; fi; done; \
	if [ "$$(id -u)" = 0 ]; then sudo=; else sudo="sudo -n"; fi; \
	if command -v apt-get >/dev/null && $$sudo true 2>/dev/null; then \
		$$sudo apt-get update -q && $$sudo apt-get install -yq chromium fonts-noto-cjk; \
	else \
		echo "The tests look at slides in a Chromium, and there is none: install one (Debian: apt install chromium fonts-noto-cjk) or set CHROME_PATH" >&2; \
		exit 1; \
	fi
