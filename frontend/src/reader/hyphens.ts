/** Whether this browser has the words' breaks: without them justified lines have holes, and are better left ragged. */
export function canHyphenate(): boolean {
  const trial = document.createElement("div");
  trial.lang = "en";
  trial.className = "hyphen-trial";
  trial.textContent = "extraordinarily";
  document.body.append(trial);
  const broken = trial.clientHeight > 1.5 * parseFloat(getComputedStyle(trial).lineHeight);
  trial.remove();
  return broken;
}
