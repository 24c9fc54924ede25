/** Where the caller is heard: the page's element, or one of our own. */
export class RemoteAudio {
  private stream: MediaStream | undefined;
  private element: HTMLAudioElement | undefined;

  constructor(private readonly onBlocked: () => void) {}

  attach(element: HTMLAudioElement): void {
    this.element = element;
    this.play();
  }

  hear(stream: MediaStream): void {
    this.stream = stream;
    this.play();
  }

  private play(): void {
    if (!this.stream) return;
    this.element ??= new Audio();
    this.element.autoplay = true;
    if (this.element.srcObject !== this.stream) this.element.srcObject = this.stream;
    this.element.play().catch((thrown: unknown) => {
      // A newer stream interrupts the older one; only the browser's own refusal is worth a word.
      if (thrown instanceof DOMException && thrown.name === 'NotAllowedError') this.onBlocked();
    });
  }
}
