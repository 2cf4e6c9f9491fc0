package browser

import "os/exec"

var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	`C:\Program Files\Google\Chrome\Application\chrome.exe`,
	`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`}

// Find returns the path of a Chromium: the one that CHROME_PATH names, or else one that is installed; "" if there is none.
func Find(getenv func(string) string) string {
	for _, b := range append([]string{getenv("CHROME_PATH")}, browsers...) {
		if b == "" {
			continue
		}
		if file, err := exec.LookPath(b); err == nil {
			return file
		}
	}
	return ""
}
